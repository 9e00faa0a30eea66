"""Every element of the BPMN 2.0 schema runs, is kept as a picture, or is refused by name: docs/bpmn-elements.md tells which."""

from pathlib import Path

import pytest
from lxml import etree

from service.engine.strict import refusal_of
from service.engine.vocabulary import BOOLEANS, CHILDREN, MEANT, ONLY, PLAIN, PLAIN_OF
from tests.engine.diagram import HEAD, diagram, problems_of, process, start
from tools import bpmn_elements
from tools.bpmn_elements import RUNS, SCHEMA, XSD, elements, known, page, refused

ENGINE = Path(__file__).parent


def test_the_page_says_what_the_tables_and_the_schema_say() -> None:
    assert bpmn_elements.PAGE.read_text("utf-8") == page(), "python -m tools.bpmn_elements"


def test_the_schema_is_the_whole_one() -> None:
    assert len(elements()) > 130
    assert {"userTask", "complexGateway", "choreography", "dataStore", "eventBasedGateway", "ioSpecification"} <= set(
        elements()
    )
    assert known() <= set(elements()) | {"script"}, "what we read is BPMN"


@pytest.mark.parametrize("tag", sorted(RUNS))
def test_what_runs_is_shown_by_the_test_named(tag: str) -> None:
    shown = RUNS[tag]
    if not shown:
        assert tag in bpmn_elements.PARTS
        return
    text = (
        (ENGINE / shown).read_text("utf-8")
        + (ENGINE / "diagram.py").read_text("utf-8")
        + (ENGINE / "case.py").read_text("utf-8")
    )
    assert tag in text, f"{shown} does not speak of {tag}"
    assert tag in known() | {"definitions"}


@pytest.mark.parametrize("tag", refused())
@pytest.mark.parametrize("where", ["definitions", "process", "task"])
def test_what_is_refused_is_refused_by_the_sentence_of_the_page(tag: str, where: str) -> None:
    odd = f'<{tag} id="odd"/>'
    inside = odd if where == "process" else f'<task id="a">{odd if where == "task" else ""}</task>'
    content = diagram(process("main", start(), inside))
    if where == "definitions":
        content = content.replace(HEAD.encode(), HEAD.encode() + odd.encode())
    found = [(p.element, p.message) for p in problems_of(content) if p.rule == "element"]
    assert found == [("odd", refusal_of(tag))]
    assert found[0][1] in bpmn_elements.PAGE.read_text("utf-8")


def schema_attributes() -> list[tuple[str, str]]:
    """(element we let stand, attribute the schema gives it), types and their bases walked."""
    roots = [etree.parse(SCHEMA / name).getroot() for name in ("BPMN20.xsd", "Semantic.xsd")]
    types = {str(t.get("name")): t for root in roots for t in root.iter(f"{XSD}complexType") if t.get("name")}
    of = {
        str(e.get("name")): str(e.get("type"))
        for root in roots
        for e in root.iter(f"{XSD}element")
        if e.get("name") and e.get("type")
    }
    found = []
    for tag in sorted(known() - {"script"}):
        kind: str | None = of.get(tag, "").split(":")[-1]
        while kind in types:
            found += [(tag, str(a.get("name"))) for a in types[kind].iter(f"{XSD}attribute") if a.get("name")]
            base = next(types[kind].iter(f"{XSD}extension"), None)
            kind = str(base.get("base")).split(":")[-1] if base is not None else None
    return found


def test_the_attributes_come_from_the_schema() -> None:
    found = schema_attributes()
    assert len(found) > 150
    assert {
        ("userTask", "implementation"),
        ("boundaryEvent", "cancelActivity"),
        ("subProcess", "triggeredByEvent"),
    } <= set(found)


@pytest.mark.parametrize(("tag", "attribute"), schema_attributes())
def test_no_attribute_of_the_standard_is_passed_over_in_silence(tag: str, attribute: str) -> None:
    """It is looked at, may say only what we do anyway, or is refused."""
    if attribute in PLAIN | PLAIN_OF.get(tag, frozenset()) | MEANT.get(tag, frozenset()) or attribute in ONLY.get(
        tag, {}
    ):
        return
    value = "true" if attribute in BOOLEANS else "x"
    parent = next(
        (
            p
            for p, children in sorted(CHILDREN.items())
            if tag in children and p in ("definitions", "process", "collaboration", "task")
        ),
        None,
    )
    odd = f'<{tag} id="odd" {attribute}="{value}"/>'
    content = diagram(
        process(
            "main", start(), odd if parent == "process" else f'<task id="a">{odd if parent == "task" else ""}</task>'
        )
    )
    if parent == "definitions":
        content = content.replace(HEAD.encode(), HEAD.encode() + odd.encode())
    elif parent not in ("process", "task"):
        pytest.skip(f"{tag} stands deeper; the same table answers")
    assert any(p.rule == "attribute" and f"“{attribute}”" in p.message for p in problems_of(content))
