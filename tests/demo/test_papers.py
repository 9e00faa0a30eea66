"""The form handed in by the story is a real .docx that the checker reads and finds fault with, and its successor is clean."""

import zlib

from handlers.forms.readers.docx import read_docx
from handlers.forms.rules import check_box

from service.demo.story.papers import new_form, old_form, seal_print


def _findings(content: bytes) -> list[tuple[str, str]]:
    return [(f.rule, f.level) for box in read_docx(content) for f in check_box(box, {})]


def test_it_has_a_stations_box_and_insists_on_the_official_seal() -> None:
    assert _findings(old_form()) == [("R01?", "look_up"), ("R03", "to_fix")]


def test_it_has_no_findings_once_mended() -> None:
    assert _findings(new_form()) == []
    assert any("审核审批专用章" in box.text for box in read_docx(new_form()))


def test_it_prints_a_picture_whose_pieces_hold() -> None:
    content, at, kinds = seal_print(), 8, []
    while at < len(content):
        size = int.from_bytes(content[at : at + 4], "big")
        kind, body = content[at + 4 : at + 8], content[at + 8 : at + 8 + size]
        assert int.from_bytes(content[at + 8 + size : at + 12 + size], "big") == zlib.crc32(kind + body)
        kinds.append(kind)
        at += 12 + size
    assert kinds == [b"IHDR", b"IDAT", b"IEND"]
