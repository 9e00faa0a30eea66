"""Whatever a file does, it is refused with one sentence, in time and without harm to the service; macros, links, bombs, passwords by name."""

import io
import random
import resource
import time
import zipfile

import pytest
from handlers.sandbox import Unreadable

from service.domain.errors import Invalid
from service.domain.texts import TEXTS
from service.sheets.package import MAIN
from service.sheets.reading import read_book
from service.sheets.workbook import sheets_in
from tests.sheets.made import PACKAGE, RELATIONS, parts_of, small, xlsx, zipped

GOOD = parts_of('<row r="1"><c r="A1"><v>1</v></c></row>')
OLE = bytes.fromhex("d0cf11e0a1b11ae1")
SECONDS = 12.0  # of the clock, on a busy machine; the child itself gets five of the processor


def reason(content: bytes) -> str:
    """Why the child refuses it, as people are told; that it took no longer and no more than allowed."""
    began, before = time.monotonic(), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with pytest.raises(Invalid) as refused:
        read_book(content)
    assert time.monotonic() - began < SECONDS
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 300 * 1024
    assert str(refused.value) == TEXTS[refused.value.text]
    return refused.value.text


def with_part(name: str, content: str | bytes = "x") -> bytes:
    return zipped(GOOD | {name: content})


def test_the_harmless_one_is_read() -> None:
    assert read_book(zipped(GOOD)).sheets[0].rows[1][1].text == "1"


@pytest.mark.parametrize(
    ("content", "key"),
    [
        (b"", "sheet.empty_file"),
        (b"\x00" * 1000, "sheet.not_xlsx"),
        ("机构编号,机构名称\n".encode("gb18030"), "sheet.not_xlsx"),
        (b"<html><table><tr><td>1</td></tr></table></html>", "sheet.not_xlsx"),
        (b"%PDF-1.7", "sheet.not_xlsx"),
        (b"PK\x03\x04 but then nothing of a zip", "sheet.broken"),
        (OLE + b"\x00" * 600 + "Workbook".encode("utf-16-le"), "sheet.old_format"),
        (OLE + b"\x00" * 600 + "EncryptedPackage".encode("utf-16-le"), "sheet.password"),
    ],
)
def test_what_is_no_workbook_is_named(content: bytes, key: str) -> None:
    assert reason(content) == key


def test_a_zip_of_something_else_is_no_workbook() -> None:
    assert reason(zipped({"a.txt": "x"})) == "sheet.not_xlsx"
    word = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    assert reason(small(main=word)) == "sheet.not_xlsx"
    assert reason(small(main=MAIN.replace("sheet.main", "template.main"))) == "sheet.not_xlsx"


@pytest.mark.parametrize("name", ["xl/vbaProject.bin", "xl/deeper/VBAPROJECT.BIN"])
def test_macros_are_refused(name: str) -> None:
    assert reason(with_part(name)) == "sheet.macros"


def test_a_workbook_that_calls_itself_macro_enabled_is_refused() -> None:
    assert reason(small(main="application/vnd.ms-excel.sheet.macroEnabled.main+xml")) == "sheet.macros"


@pytest.mark.parametrize(
    "name", ["xl/externalLinks/externalLink1.xml", "xl/connections.xml", "xl/queryTables/queryTable1.xml"]
)
def test_parts_that_fetch_from_elsewhere_are_refused(name: str) -> None:
    assert reason(with_part(name, "<x/>")) == "sheet.outside"


def relation(kind: str) -> str:
    target = f'<Relationship Id="r" Type="{RELATIONS}/{kind}" TargetMode="External" Target="http://203.0.113.1/x"/>'
    return f'<Relationships xmlns="{PACKAGE}">{target}</Relationships>'


@pytest.mark.parametrize(
    "where", ["xl/worksheets/_rels/sheet1.xml.rels", "xl/drawings/_rels/drawing1.xml.rels", "_rels/other.rels"]
)
@pytest.mark.parametrize("kind", ["image", "externalLinkPath", "oleObject", "attachedTemplate"])
def test_a_relation_to_elsewhere_is_refused_in_every_part(where: str, kind: str) -> None:
    assert reason(with_part(where, relation(kind))) == "sheet.outside"


def test_a_hyperlink_is_only_followed_by_hand_and_lets_the_file_be_read() -> None:
    assert read_book(with_part("xl/worksheets/_rels/sheet1.xml.rels", relation("hyperlink"))).sheets


@pytest.mark.parametrize(
    "name", ["xl/embeddings/oleObject1.bin", "xl/activeX/activeX1.xml", "xl/media/inner.zip", "docProps/a.xlsx"]
)
def test_embedded_objects_and_archives_are_refused(name: str) -> None:
    assert reason(with_part(name)) == "sheet.objects"


@pytest.mark.parametrize("name", ["../../etc/cron.d/x", "xl/..\\..\\x", "C:/x"])
def test_names_that_lead_out_are_refused(name: str) -> None:
    assert reason(with_part(name)) == "sheet.broken"


def test_two_parts_of_one_name_are_refused_because_programs_disagree_which_counts() -> None:
    out = io.BytesIO(zipped(GOOD))
    with zipfile.ZipFile(out, "a") as archive:
        archive.writestr("xl/Worksheets/sheet1.xml", "<x/>")
    assert reason(out.getvalue()) == "sheet.broken"


def test_a_part_with_a_password_is_refused() -> None:
    content = bytearray(zipped(GOOD))
    at = content.index(b"PK\x01\x02")
    while at >= 0:
        content[at + 8] |= 1
        at = content.find(b"PK\x01\x02", at + 4)
    assert reason(bytes(content)) == "sheet.password"


def test_a_bomb_is_known_by_its_ratio() -> None:
    assert reason(with_part("xl/theme/theme1.xml", b" " * 30_000_000)) == "sheet.bomb"


def test_too_much_and_too_many_are_known_by_the_directory() -> None:
    noise = random.Random(1).randbytes(600_000).hex().encode()
    assert reason(zipped(GOOD | {f"xl/media/image{n}.png": noise for n in range(60)})) == "sheet.too_large"
    assert reason(zipped(GOOD | {f"xl/media/image{n}.png": "x" for n in range(1_000)})) == "sheet.too_large"


def test_a_size_that_lies_is_not_believed() -> None:
    """The directory says one byte; what is unpacked counts, and programs disagree about the rest."""
    sheet = str(GOOD["xl/worksheets/sheet1.xml"]) + " " * 30_000_000
    content = bytearray(zipped(GOOD | {"xl/worksheets/sheet1.xml": sheet}))
    at = content.rindex(b"xl/worksheets/sheet1.xml") - 46
    content[at + 24 : at + 28] = (1).to_bytes(4, "little")
    assert reason(bytes(content)) == "sheet.broken"


LAUGHS = (
    '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">]>',
    '<!DOCTYPE x SYSTEM "file:///etc/passwd">',
    '<!DOCTYPE x [<!ENTITY e SYSTEM "http://203.0.113.1/">]>',
)


@pytest.mark.parametrize("head", LAUGHS)
def test_entities_are_refused_in_every_part(head: str) -> None:
    assert reason(small(head=head)) == "sheet.entities"
    for name in ("xl/sharedStrings.xml", "xl/styles.xml", "xl/workbook.xml", "[Content_Types].xml", "_rels/.rels"):
        assert reason(zipped(GOOD | {name: head + str(GOOD[name])})) == "sheet.entities"


def test_a_million_blank_rows_are_refused_in_time() -> None:
    rows = "".join(f'<row r="{n}" ht="15" customHeight="1"/>' for n in range(1, 1_048_577))
    assert reason(small(rows)) == "sheet.too_many_rows"


def test_a_million_rows_of_blank_cells_are_refused_in_time() -> None:
    rows = "".join(f'<row r="{n}"><c r="A{n}" s="1"/><c r="B{n}" s="1"/></row>' for n in range(1, 400_001))
    assert reason(small(rows)) == "sheet.too_many_rows"


def test_a_row_that_goes_on_for_ever_is_refused_in_time() -> None:
    assert reason(small(f'<row r="1">{_cells(20_000)}</row>')) == "sheet.broken"
    assert (
        reason(small("".join(f'<row r="{n}">{_cells(16_000)}</row>' for n in range(1, 10)))) == "sheet.too_many_cells"
    )


def _cells(count: int) -> str:
    """Unlike each other, so that it is no bomb by its ratio."""
    chance = random.Random(count)
    return "".join(f"<c><v>{chance.randrange(10**9)}</v></c>" for _ in range(count))


def test_one_long_text_used_again_and_again_is_refused() -> None:
    strings = f"<si><t>{'长' * 30_000}</t></si>"
    rows = "".join(f'<row r="{n}"><c t="s"><v>0</v></c></row>' for n in range(1, 200))
    assert reason(small(rows, strings=strings)) == "sheet.too_many_cells"


def test_a_great_many_merged_areas_are_refused() -> None:
    merges = "".join(f'<mergeCell ref="A{n}:Z1048576"/>' for n in range(1, 1_003))
    assert reason(small(around=f"<mergeCells>{merges}</mergeCells>")) == "sheet.too_many_merges"


def test_endless_nesting_is_refused() -> None:
    assert reason(small("<a>" * 5_000 + "</a>" * 5_000)) == "sheet.too_large"


def test_too_many_worksheets_are_refused() -> None:
    assert reason(xlsx({f"表{n}": [["x"]] for n in range(41)})) == "sheet.too_many_sheets"


@pytest.mark.parametrize(
    "rows",
    [
        "<row", '<row r="x"/>', '<row r="1"><c r="A2"><v>1</v></c></row>', '<row r="1"><c><v>1e999</v></c></row>',
        '<row r="1"><c><v>nan</v></c></row>', '<row r="1"><c t="s"><v>7</v></c></row>', '<row r="1"><c t="s"><v>-</v></c></row>',
        '<row r="1"><c><v>ff</v></c></row>', '<row r="1"><c s="x"><v>1</v></c></row>',
    ],
)  # fmt: skip
def test_nonsense_is_broken(rows: str) -> None:
    assert reason(small(rows)) == "sheet.broken"


def test_every_cut_and_every_flipped_byte_of_a_good_file_is_read_or_refused() -> None:
    """In this process: whatever else the child could raise would only be told as its death."""
    chance, content = random.Random(2026), xlsx({"机构": [["机构编号", 1], ["huotian", 2.5]] * 20})
    for n in range(1_000):
        _read_or_refused(_spoilt(chance, content, cut=n % 3 == 0))
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    for n in range(1_000):
        name = chance.choice(sorted(parts))
        _read_or_refused(zipped({**parts, name: _spoilt(chance, parts[name], cut=n % 5 == 0)}))


def _spoilt(chance: random.Random, content: bytes, *, cut: bool) -> bytes:
    broken = bytearray(content)
    if cut:
        del broken[chance.randrange(len(broken)) :]
    for _ in range(chance.randrange(1, 4) if broken else 0):
        broken[chance.randrange(len(broken))] = chance.randrange(256)
    return bytes(broken)


def _read_or_refused(content: bytes) -> None:
    try:
        sheets_in(content)
    except Unreadable as error:
        if str(error) not in TEXTS:
            raise
