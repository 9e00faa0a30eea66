"""Hostile and wrong files: each gets a reason people can read, none costs much, and none is half read."""

import io
import time
import zipfile

import pytest
from handlers.forms.readers.docx import boxes_in, read_docx
from handlers.sandbox import Unreadable

from service.domain.texts import TEXTS
from tests.handlers.forms.docs import archive, docx, p, part, tbl, tc


def refusal(content: bytes) -> str:
    """Why the child refuses it, in Chinese; quickly."""
    begin = time.monotonic()
    with pytest.raises(Unreadable) as refused:
        read_docx(content)
    assert time.monotonic() - begin < 20
    assert str(refused.value) in TEXTS
    return str(refused.value)


@pytest.mark.parametrize("content", [b"", b"PK", b"%PDF-1.7", b"\x00" * 5000, docx(p("x"))[:200]])
def test_what_is_no_zip_is_no_docx(content: bytes) -> None:
    assert refusal(content) == "form_file.not_docx"


def test_a_zip_of_something_else_is_no_docx() -> None:
    assert refusal(archive({"xl/workbook.xml": "<a/>"})) == "form_file.not_docx"


def test_a_bomb_is_known_by_its_ratio() -> None:
    assert refusal(docx(parts={"word/media/a.bin": b"\x00" * 5_000_000})) == "form_file.bomb"


def test_too_much_is_known_by_its_size() -> None:
    names = {f"word/media/{n}": b"" for n in range(2_100)}
    assert refusal(docx(parts=names)) == "form_file.too_large"


def test_many_parts_that_are_each_small_are_too_large_together() -> None:
    noise = bytes(range(256)) * 4096
    assert refusal(docx(parts={f"word/media/{n}": noise + bytes([n]) for n in range(24)})) == "form_file.too_large"


def test_a_size_that_lies_is_not_believed() -> None:
    honest = docx(p("农技站意见（盖章）" * 2000))
    size = zipfile.ZipFile(io.BytesIO(honest)).getinfo("word/document.xml").file_size
    lying = honest.replace(size.to_bytes(4, "little"), (100).to_bytes(4, "little"))
    assert lying != honest
    assert refusal(lying) == "form_file.not_docx"


def test_a_password_is_named() -> None:
    content = bytearray(docx(p("x")))
    content[6] |= 1  # local header
    content[content.rindex(b"PK\x01\x02") + 8] |= 1  # central directory
    assert refusal(bytes(content)) == "form_file.encrypted"


def test_an_office_file_with_a_password_is_a_compound_file() -> None:
    ole = bytes.fromhex("d0cf11e0a1b11ae1") + b"\x00" * 2000
    assert refusal(ole + "EncryptedPackage".encode("utf-16-le")) == "form_file.encrypted"


def test_an_old_doc_is_asked_for_as_docx() -> None:
    assert refusal(bytes.fromhex("d0cf11e0a1b11ae1") + b"\x00" * 2000) == "form_file.old_doc"


@pytest.mark.parametrize("name", ["word/vbaProject.bin", "word/VBAPROJECT.BIN"])
def test_macros_are_refused(name: str) -> None:
    assert refusal(docx(p("x"), parts={name: b"x"})) == "form_file.macros"


LAUGHS = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
@pytest.mark.parametrize("where", ["word/document.xml", "word/header1.xml"])
def test_entities_are_refused_in_every_encoding_and_part(encoding: str, where: str) -> None:
    body = part("document", f"<w:body>{p('&b;')}</w:body>").partition("?>")[2]
    text = f'<?xml version="1.0" encoding="{encoding}"?>{LAUGHS}{body}'
    assert refusal(docx(p("x"), parts={where: text.encode(encoding)})) == "form_file.entities"


def test_an_external_document_type_is_refused_too() -> None:
    text = '<!DOCTYPE w SYSTEM "file:///etc/passwd">' + part("document", "").partition("?>")[2]
    assert refusal(docx(parts={"word/document.xml": text})) == "form_file.entities"


@pytest.mark.parametrize("text", ["", "not xml", "<w:document>", '<?xml version="1.0" encoding="x-unknown"?><a/>'])
def test_broken_xml_is_no_docx(text: str) -> None:
    assert refusal(docx(parts={"word/document.xml": text})) == "form_file.not_docx"


def test_endless_nesting_is_too_large() -> None:
    inner = p("x")
    for _ in range(100):
        inner = tbl([tc(inner)])
    assert refusal(docx(inner)) == "form_file.too_large"


def test_endless_elements_are_too_large() -> None:
    assert refusal(docx("".join(f"<w:p w:n='{n}'/>" for n in range(500_001)))) in (
        "form_file.too_large", "form_file.bomb",
    )  # fmt: skip


def test_two_parts_of_one_name_are_refused_because_programs_disagree_which_counts() -> None:
    made = io.BytesIO(docx(p("好")))
    with zipfile.ZipFile(made, "a") as file, pytest.warns(UserWarning, match="Duplicate"):
        file.writestr("word/document.xml", part("document", f"<w:body>{p('坏')}</w:body>"))
    assert refusal(made.getvalue()) == "form_file.not_docx"


def test_every_cut_and_every_flipped_byte_of_a_good_file_is_read_or_refused() -> None:
    good = docx(p("申请表"), tbl([tc("农技站意见（盖章）"), tc("x")]))
    broken = [good[:n] for n in range(0, len(good), 7)]
    broken += [good[:n] + bytes([good[n] ^ 0x55]) + good[n + 1 :] for n in range(0, len(good), 3)]
    reasons = set()
    for content in broken:
        try:
            boxes_in(content)
        except Unreadable as refused:
            reasons.add(str(refused))
    assert "form_file.not_docx" in reasons
    assert reasons <= set(TEXTS)
