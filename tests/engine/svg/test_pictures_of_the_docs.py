"""The pictures of docs/diagrams show the diagrams as they are now, drawn by the writer as it is now."""

import pytest

from docs.diagrams.draw import HERE, pictures

PICTURES = dict(pictures())


@pytest.mark.parametrize("name", PICTURES)
def test_it_is_what_the_writer_draws_from_the_diagram(name: str) -> None:
    drawn = (HERE / f"{name}.svg").read_text("utf-8")
    assert drawn == PICTURES[name], "draw it again: .venv/bin/python -m docs.diagrams.draw"


def test_it_leaves_no_picture_out_of_the_pages() -> None:
    pages = "".join((HERE.parent / page).read_text("utf-8") for page in ("processes.md", "diagrams/README.md"))
    assert all(p.name in pages for p in HERE.iterdir() if p.suffix in (".svg", ".png"))
    assert {p.stem for p in HERE.glob("*.svg")} == set(PICTURES)
