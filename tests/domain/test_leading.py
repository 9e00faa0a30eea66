"""Who leads an organisation."""

import pytest

from service.domain.leading import leading_posts
from service.domain.people import Organisation, OrgKind

COUNTY = Organisation("yunxiao", "云霄县", "云霄", OrgKind.COUNTY)
TOWNSHIP = Organisation("huotian", "火田镇", "火田", OrgKind.TOWNSHIP, parent_id="yunxiao")
ZONE = Organisation("zone", "开发区", "开发区", OrgKind.ZONE, parent_id="yunxiao")


def office(function: str) -> Organisation:
    return Organisation("office", "办公室", "办", OrgKind.COUNTY_OFFICE, parent_id="yunxiao", office=function)


@pytest.mark.parametrize(
    ("organisation", "above", "posts"),
    [
        (Organisation("c", "中心", "中心", OrgKind.CENTER, parent_id="huotian"), TOWNSHIP, ["center_director", "township_leader"]),
        (Organisation("c", "中心", "中心", OrgKind.CENTER, parent_id="zone"), ZONE, ["center_director", "township_leader"]),
        (TOWNSHIP, COUNTY, ["township_leader"]),
        (Organisation("d", "县民政局", "民政", OrgKind.DEPARTMENT, parent_id="yunxiao"), COUNTY, ["dept_leader"]),
        (Organisation("s", "林业站", "林业站", OrgKind.STATION, parent_id="yunxiao"), COUNTY, []),
        (office("service_center"), COUNTY, ["service_leader"]),
        (office("reform_office"), COUNTY, ["reform_reviewer"]),
        (office("justice_bureau"), COUNTY, ["dept_leader"]),
    ],
)  # fmt: skip
def test_its_own_leader_first_then_the_one_above(
    organisation: Organisation, above: Organisation, posts: list[str]
) -> None:
    assert [found.post for found in leading_posts([organisation, above, COUNTY])] == posts
