"""Every camunda: attribute we give a meaning is one that Camunda 7 itself has, on that very element; so its modeler shows it."""

import json

import pytest

from service.engine.vocabulary import MEANT
from tests.web.window import WEB

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("bundle")]


def camunda_pairs() -> set[tuple[str, str]]:
    """(element, attribute) of the descriptor of camunda-bpmn-moddle."""
    descriptor = json.loads((WEB / "node_modules/camunda-bpmn-moddle/resources/camunda.json").read_text("utf-8"))
    return {
        (extended.removeprefix("bpmn:").lower(), f"camunda:{attribute['name']}")
        for type_ in descriptor["types"]
        for extended in type_.get("extends", ())
        for attribute in type_.get("properties", ())
        if attribute.get("isAttr")
    }


def test_it_takes_no_name_that_camunda_does_not_have() -> None:
    ours = {(element.lower(), n) for element, names in MEANT.items() for n in names if n.startswith("camunda:")}
    assert ours - camunda_pairs() == set()
    assert len(ours) == 9
