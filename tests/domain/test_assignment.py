"""``post@relation``: read strictly, resolved against the case."""

import pytest

from service.domain.assignment import CaseOrganisations, parse_assignment, resolve
from service.domain.cases import Candidate

KNOWN = CaseOrganisations(
    township="huotian", center="huotian-center", department=None, offices={"reform_office": "shengaiban"}
)


@pytest.mark.parametrize(
    ("text", "candidate"),
    [
        ("center_clerk@center", Candidate("center_clerk", "huotian-center")),
        ("township_leader@township", Candidate("township_leader", "huotian")),
        ("reform_clerk@office:reform_office", Candidate("reform_clerk", "shengaiban")),
        ("dept_clerk@org:minzheng", Candidate("dept_clerk", "minzheng")),
    ],
)
def test_it_names_the_post_in_the_concrete_organisation(text: str, candidate: Candidate) -> None:
    assert resolve(parse_assignment(text), KNOWN) == candidate


@pytest.mark.parametrize("text", ["dept_clerk@department", "county_clerk@office:county_office"])
def test_it_finds_nobody_when_the_case_has_no_such_organisation(text: str) -> None:
    assert resolve(parse_assignment(text), KNOWN) is None


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("", "^$"),
        ("center_clerk", "^center_clerk$"),
        ("mayor@township", "^mayor$"),
        ("center_clerk@moon", "^moon$"),
        ("center_clerk@office:moon", "^office:moon$"),
        ("dept_clerk@org:", "^org:$"),
    ],
)
def test_it_names_the_part_that_it_does_not_know(text: str, wrong: str) -> None:
    with pytest.raises(ValueError, match=wrong):
        parse_assignment(text)
