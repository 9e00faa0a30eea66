"""Reading .docx: what is printed is found once, in its place."""

import pytest
from handlers.forms.box import Place
from handlers.forms.readers.docx import boxes_in, read_docx
from handlers.sandbox import Unreadable

from tests.handlers.forms.docs import STRICT, archive, docx, p, part, r, tbl, tc, tr


def texts(content: bytes) -> list[str]:
    return [text for _, text in boxes_in(content)]


def at(*steps: tuple[str, int]) -> Place:
    return steps


def test_it_finds_paragraphs_and_cells_in_reading_order_with_their_places() -> None:
    content = docx(p("申请表"), p("  "), tbl([tc("姓名"), tc("")], [tc("意见"), tc("盖章")]), p("注"))
    assert boxes_in(content) == [
        (at(("paragraph", 1)), "申请表"),
        (at(("table", 1), ("row", 1), ("column", 1)), "姓名"),
        (at(("table", 1), ("row", 2), ("column", 1)), "意见"),
        (at(("table", 1), ("row", 2), ("column", 2)), "盖章"),
        (at(("paragraph", 3)), "注"),
    ]


def test_the_child_process_reads_the_same() -> None:
    content = docx(p("申请表"), tbl([tc("农技站意见（盖章）")]))
    boxes = read_docx(content)
    assert [(box.place, box.text) for box in boxes] == boxes_in(content)


def test_a_cell_is_one_box_with_a_line_for_each_paragraph() -> None:
    assert texts(docx(tbl([tc("民", "政", "所")]))) == ["民\n政\n所"]


def test_text_broken_into_runs_tabs_and_breaks_is_one_text() -> None:
    runs = ["农技", "<w:r><w:tab/><w:t>站</w:t><w:br/></w:r>", "<w:hyperlink><w:r><w:t>意见</w:t></w:r></w:hyperlink>"]
    assert texts(docx(p(*runs))) == ["农技\t站\n意见"]


def test_a_cell_merged_downwards_shows_the_upper_cell_s_text_only() -> None:
    up, down = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
    rows = [[tc("站所", properties=up), tc("a")], [tc("旧文字", properties=down), tc("b")]]
    assert texts(docx(tbl(*rows))) == ["站所", "a", "b"]


def test_a_cell_merged_sideways_counts_once() -> None:
    content = docx(tbl([tc("标题", properties='<w:gridSpan w:val="2"/>')], [tc("a"), tc("b")]))
    assert [place[-2:] for place, _ in boxes_in(content)] == [
        (("row", 1), ("column", 1)),
        (("row", 2), ("column", 1)),
        (("row", 2), ("column", 2)),
    ]


def test_a_merged_cell_inside_a_nested_table_does_not_hide_the_outer_cell() -> None:
    inner = tbl([tc("x", properties='<w:vMerge w:val="continue"/>'), tc("y")])
    assert texts(docx(tbl([tc("外", inner)]))) == ["外", "y"]


def test_a_nested_table_s_cells_are_boxes_of_their_own() -> None:
    content = docx(tbl([tc("外", tbl([tc("内1"), tc("内2")]), "尾")]))
    assert boxes_in(content) == [
        (at(("table", 1), ("row", 1), ("column", 1)), "外\n尾"),
        (at(("table", 1), ("row", 1), ("column", 1), ("table", 1), ("row", 1), ("column", 1)), "内1"),
        (at(("table", 1), ("row", 1), ("column", 1), ("table", 1), ("row", 1), ("column", 2)), "内2"),
    ]


def test_headers_footers_and_notes_are_read_and_say_where_they_are() -> None:
    parts = {
        "word/header2.xml": part("hdr", p("页眉")),
        "word/footer1.xml": part("ftr", tbl([tc("页脚")])),
        "word/footnotes.xml": part("footnotes", f"<w:footnote>{p('脚注')}</w:footnote>"),
        "word/comments.xml": part("comments", f"<w:comment>{p('批注不印')}</w:comment>"),
        "other/header1.xml": part("hdr", p("不相干")),
    }
    assert boxes_in(docx(p("正文"), parts=parts)) == [
        (at(("paragraph", 1)), "正文"),
        (at(("footer", 1), ("table", 1), ("row", 1), ("column", 1)), "页脚"),
        (at(("footnotes", 1), ("paragraph", 1)), "脚注"),
        (at(("header", 2), ("paragraph", 1)), "页眉"),
    ]


def frame(*blocks: str) -> str:
    inside = f"<w:txbxContent>{''.join(blocks)}</w:txbxContent>"
    modern = f'<mc:Choice Requires="wps"><w:drawing><wps:txbx>{inside}</wps:txbx></w:drawing></mc:Choice>'
    old = f"<mc:Fallback><w:pict><v:textbox>{inside}</v:textbox></w:pict></mc:Fallback>"
    return f"<w:r><mc:AlternateContent>{modern}{old}</mc:AlternateContent></w:r>"


def test_a_text_box_is_a_box_of_its_own_and_read_once_though_it_is_stored_twice() -> None:
    content = docx(p("前", frame(p("水利站"), p("意见（盖章）")), "后"))
    assert boxes_in(content) == [
        (at(("paragraph", 1)), "前后"),
        (at(("text_box", 1)), "水利站\n意见（盖章）"),
    ]


def test_a_text_box_in_a_cell_and_an_old_one_without_an_alternative_are_found() -> None:
    old = f"<w:r><w:pict><v:textbox><w:txbxContent>{p('旧框')}</w:txbxContent></v:textbox></w:pict></w:r>"
    assert texts(docx(tbl([tc(p("格", frame(p("框"))))]), p(old))) == ["格", "框", "旧框"]


def test_inserted_and_moved_text_counts_deleted_and_moved_away_text_does_not() -> None:
    runs = [
        "意见",
        f"<w:ins>{r('（公章）')}</w:ins>",
        "<w:del><w:r><w:delText>（删去）</w:delText></w:r></w:del>",
        f"<w:del>{r('也删去')}</w:del>",
        f"<w:moveFrom>{r('移走')}</w:moveFrom>",
        f"<w:moveTo>{r('移来')}</w:moveTo>",
    ]
    assert texts(docx(p(*runs), f"<w:ins>{p('整段')}</w:ins>")) == ["意见（公章）移来", "整段"]


def test_a_paragraph_whose_mark_was_deleted_keeps_its_text() -> None:
    marked = f"<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr>{r('还在')}</w:p>"
    assert texts(docx(marked)) == ["还在"]


def sdt(inside: str) -> str:
    return f"<w:sdt><w:sdtPr/><w:sdtContent>{inside}</w:sdtContent></w:sdt>"


def test_content_controls_around_anything_hide_nothing() -> None:
    cell = tc(sdt(p("控件段")))
    table = f"<w:tbl>{tr(cell)}{tr(sdt(tc('控件格')))}{sdt(tr(tc('控件行')))}</w:tbl>"
    assert texts(docx(sdt(p("控件")), sdt(table), p("前", sdt(r("行内"))))) == [
        "控件", "控件段", "控件格", "控件行", "前行内",
    ]  # fmt: skip


def test_field_codes_and_ruby_are_not_text() -> None:
    field = '<w:r><w:instrText>DATE \\@ "yyyy"</w:instrText></w:r>'
    ruby = f"<w:r><w:ruby><w:rt>{r('pin')}</w:rt><w:rubyBase>{r('字')}</w:rubyBase></w:ruby></w:r>"
    assert texts(docx(p("年", field, ruby))) == ["年字"]


def test_the_strict_form_of_the_format_is_read_too() -> None:
    body = part("document", f"<w:body>{p('严格')}</w:body>", namespace=STRICT)
    assert texts(docx(parts={"word/document.xml": body})) == ["严格"]


def test_it_reads_the_part_that_people_s_programs_open() -> None:
    decoy = part("document", f"<w:body>{p('诱饵')}</w:body>")
    content = docx(p("真"), main="doc/real.xml", parts={"word/document.xml": decoy})
    assert texts(content) == ["真"]


def test_a_package_without_relations_falls_back_on_the_usual_part() -> None:
    assert texts(archive({"word/document.xml": part("document", f"<w:body>{p('x')}</w:body>")})) == ["x"]


def test_a_scan_without_text_is_not_taken_for_a_form_without_faults() -> None:
    with pytest.raises(Unreadable, match=r"form_file\.empty"):
        boxes_in(docx(p("<w:r><w:drawing/></w:r>")))
