"""Organisations."""

from service.domain.people import Organisation, OrgKind
from service.store import organisations
from service.store.session import Database


def test_they_are_found_by_id_office_and_as_the_centre_of_a_township(county: Database) -> None:
    office = Organisation("sgb", "审改办", "审改办", OrgKind.COUNTY_OFFICE, "yunxiao", office="reform_office")
    with county.begin() as tx:
        organisations.add_organisation(tx, office)
        assert organisations.get_organisation(tx, "sgb") == office
        assert organisations.organisation_by_office(tx, "reform_office") == office
        assert organisations.organisation_by_office(tx, "justice_bureau") is None
        assert organisations.offices(tx) == {"reform_office": "sgb"}
        center = organisations.center_of(tx, "huotian")
        assert center
        assert center.id == "huotian-center"
        assert organisations.center_of(tx, "heping") is None
        assert organisations.get_organisation(tx, "nowhere") is None


def test_adding_again_replaces(county: Database) -> None:
    changed = Organisation("huotian", "火田镇人民政府", "火田", OrgKind.TOWNSHIP, "yunxiao", head_title="镇长")
    with county.begin() as tx:
        organisations.add_organisation(tx, changed)
        assert organisations.get_organisation(tx, "huotian") == changed


def test_lists_filter_by_kind_and_parent(county: Database) -> None:
    with county.read() as tx:
        assert [o.id for o in organisations.list_organisations(tx, kind="center")] == ["huotian-center"]
        assert [o.id for o in organisations.list_organisations(tx, parent_id="huotian")] == ["huotian-center"]
        assert len(organisations.list_organisations(tx)) == 6
        assert organisations.list_organisations(tx, kind="township", parent_id="huotian") == []
