"""Rule ``starters``: who may start the main process, and how its cases are numbered."""

import pytest

from tests.engine.diagram import diagram, end, path, problems_of, process, start


def texts(**attributes: str) -> list[str]:
    made = process("main", start(), end(), path("start", "end"), **attributes)
    return [p.message for p in problems_of(diagram(made)) if p.rule == "starters"]


@pytest.mark.parametrize(
    "numbering", ["", "授权-{township}-{year}-{seq:3}", "{seq}", "{year}{township}", "No {seq:9} of {year}"]
)
def test_it_accepts_numberings_that_can_be_filled(numbering: str) -> None:
    assert texts(oneseal__numbering=numbering) == []


@pytest.mark.parametrize(
    "numbering", ["{seq:0}", "{seq:12}", "{month}", "{", "}", "{seq}{seq}", "{__class__}", "a" * 101]
)
def test_it_refuses_numberings_that_cannot(numbering: str) -> None:
    assert len(texts(oneseal__numbering=numbering)) == 1


def test_it_knows_who_may_start() -> None:
    assert texts(camunda__candidateStarterGroups="center_clerk@center, center_director@center") == []
    for group in ("clerk", "center_clerk@moon", "no_such_post@center"):
        assert len(texts(camunda__candidateStarterGroups=group)) == 1
