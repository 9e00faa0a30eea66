"""The demo county: complete, consistent, and nobody and nothing official invented."""

from importlib import import_module
from itertools import product

import pytest

from service.demo.reading import County, center_id, read_county
from service.domain.assignment import OFFICES, CaseOrganisations, parse_assignment, resolve
from service.domain.cases import Candidate
from service.domain.elements import missing
from service.domain.item_check import Known, element_faults, flow_faults
from service.domain.items import PowerSource
from service.domain.people import OrgKind
from service.domain.posts import HELD_IN
from service.engine.model import Element
from tests.engine.shipped import NAMES, shipped

CODES = {
    "yunling": "350622100", "chendai": "350622101", "dongxia": "350622102", "pumei": "350622103", "lieyu": "350622104",
    "huotian": "350622105", "xiahe": "350622200", "mapu": "350622201", "heping": "350622202", "jingjikaifaqu": "",
}  # fmt: skip


@pytest.fixture(scope="module")
def county() -> County:
    return read_county()


def _of_kind(county: County, *kinds: OrgKind) -> list[str]:
    return [o.id for o in county.organisations if o.kind in kinds]


def test_it_has_the_ten_addressees_of_the_notice_with_their_codes(county: County) -> None:
    found = {o.id: o.code for o in county.organisations if o.kind in (OrgKind.TOWNSHIP, OrgKind.ZONE)}
    assert found == CODES
    assert len({code for code in CODES.values() if code}) == 9


def test_it_calls_the_zone_by_its_own_words(county: County) -> None:
    by_id = {o.id: o for o in county.organisations}
    zone = by_id["jingjikaifaqu"]
    assert (zone.kind, zone.name, zone.head_title) == (OrgKind.ZONE, "云霄经济开发区管委会", "主任")
    assert (by_id["huotian"].name, by_id["huotian"].head_title) == ("火田镇人民政府", "镇长")
    assert by_id["heping"].head_title == "乡长"
    assert not any("人民政府" in o.name for o in county.organisations if o.kind is OrgKind.ZONE)


def test_it_gives_every_township_one_centre_and_every_office_one_house(county: County) -> None:
    for township in _of_kind(county, OrgKind.TOWNSHIP, OrgKind.ZONE):
        assert [o.id for o in county.organisations if o.parent_id == township] == [center_id(township)]
    assert sorted(o.office for o in county.organisations if o.office) == sorted(OFFICES)


def test_it_names_parents_before_their_children(county: County) -> None:
    known: set[str | None] = {None}
    for organisation in county.organisations:
        assert organisation.parent_id in known
        known.add(organisation.id)
    assert len(known) - 1 == len(county.organisations)


def test_it_marks_every_person_as_invented(county: County) -> None:
    assert all(a.person.name.endswith("（虚构）") and a.person.fictional for a in county.accounts)
    assert len({a.person.id for a in county.accounts}) == len(county.accounts)
    assert len({a.person.name for a in county.accounts}) == len(county.accounts)


def test_it_knows_no_credit_code_and_no_item_code(county: County) -> None:
    assert {len(o.code) for o in county.organisations} <= {0, 6, 9}
    assert all(not item.catalog_code and not item.task_code for item in county.items)
    assert {i.id for i in county.items if i.power_document} == {"linmu-caifa", "menpai-zheng"}
    assert all(item.power_document.startswith("示例") for item in county.items if item.power_document)


def test_its_examples_are_such_as_a_department_could_call_sorted_and_described(county: County) -> None:
    shipped_codes = import_module("service.store.migrations.versions.0003_item_library").DICTIONARIES
    codes = {name: {code for code, _ in rows} for name, (_, rows) in shipped_codes.items()}
    places, forms = {o.id for o in county.organisations}, {f.id for f in county.forms}
    known = Known(codes, places, forms)
    for item in county.items:
        assert missing(item) == (), item.id
        assert element_faults(item, known) == (), item.id
        assert flow_faults(item.flow, promised=item.promised_days) == ()


def test_it_holds_people_to_posts_that_exist(county: County) -> None:
    kinds = {o.id: o.kind for o in county.organisations}
    for account in county.accounts:
        assert account.person.organisation_id in kinds
        assert all(kinds[h.organisation_id] in HELD_IN[h.post] for h in account.holdings)
        assert bool(account.holdings) != bool(account.roles), "an administrator holds no business post, and the reverse"


def test_it_lets_only_the_three_offices_read_every_case(county: County) -> None:
    auditors = {a.person.organisation_id for a in county.accounts if a.auditor}
    assert auditors == {"shengaiban", "xiaonengban", "fuwuzhongxin"}


def test_it_has_36_examples_each_with_department_basis_and_known_values(county: County) -> None:
    departments = {h.organisation_id for a in county.accounts for h in a.holdings if h.post == "dept_leader"}
    assert len(county.items) == 36
    for item in county.items:
        assert item.example
        assert item.note.startswith("示例，待县级核定")
        assert item.department_id in departments, f"nobody can sign off {item.id}"
        assert item.legal_basis
        assert isinstance(item.power_source, PowerSource)
        assert (item.status == "cancelled") == bool(item.status_reason)


def test_it_sets_a_level_for_every_form_and_links_each_to_its_item(county: County) -> None:
    levels = {"national", "provincial", "municipal", "county", "township"}
    forms = {form.id: form for form in county.forms}
    linked = [(id, item.department_id) for item in county.items for id in item.form_ids]
    assert len(forms) == len(county.forms) == len(linked)
    assert all(forms[id].level in levels and forms[id].owner_id == owner and forms[id].example for id, owner in linked)


def test_it_keeps_the_official_seals_of_the_nine_townships(county: County) -> None:
    assert {s.organisation_id for s in county.seals} == set(_of_kind(county, OrgKind.TOWNSHIP))
    huotian = next(s for s in county.seals if s.organisation_id == "huotian")
    assert (huotian.kind, huotian.name, huotian.diameter_mm) == ("official", "云霄县火田镇人民政府", 42)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("township", CODES)
def test_it_can_fill_every_task_without_breaking_separation(county: County, name: str, township: str) -> None:
    """Whoever did the earlier steps, somebody else is there for this one."""
    holders: dict[Candidate, set[str]] = {}
    for account in county.accounts:
        for held in account.holdings:
            holders.setdefault(Candidate(held.post, held.organisation_id), set()).add(account.person.id)
    offices = {o.office: o.id for o in county.organisations if o.office}
    departments = {item.department_id for item in county.items}
    elements = shipped(name).elements
    for department in departments:
        known = CaseOrganisations(township, center_id(township), department, center_id(township), offices)
        for element in (e for e in elements.values() if e.kind == "userTask"):
            able = _able(element, known, holders)
            earlier = [_able(elements[id], known, holders) for id in element.separate_from]
            assert able, f"nobody can do {element.id} in {township}/{department}"
            assert all(able - set(done) for done in product(*earlier)), f"{element.id} needs more people"


def _able(element: Element, known: CaseOrganisations, holders: dict[Candidate, set[str]]) -> set[str]:
    candidates = [resolve(parse_assignment(group), known) for group in element.candidate_groups]
    return {person for c in candidates if c for person in holders.get(c, ())}
