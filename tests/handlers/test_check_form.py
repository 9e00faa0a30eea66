"""机检."""

from typing import Any

from tests.handlers.desk import run
from tests.handlers.forms.docs import docx, p, tbl, tc

FORM = docx(
    p("申请表"),
    tbl([tc("农技站意见（盖章）"), tc("水利站意见（盖章）")], [tc("乡（镇）人民政府意见（公章）"), tc("住所")]),
    p("须加盖镇政府公章，专用章无效"),
)


def check(content: bytes | None, given: dict[str, Any] | None = None, **stations: str) -> dict[str, Any]:
    output = run("check_form", given, form_file=content, stations=stations)
    assert output.effects == ()
    return dict(output.data)


def test_it_lists_findings_with_place_words_rule_and_level_in_chinese() -> None:
    data = check(FORM, 农技站="云委编〔2019〕6号")
    seen = [(f["finding_id"], f["cell"], f["rule"], f["level"]) for f in data["findings"]]
    assert seen == [
        ("1", "表1第1行第1格", "R01", "严重"),
        ("2", "表1第1行第2格", "R01?", "待查"),
        ("3", "表1第2行第1格", "R03", "整改"),
        ("4", "第2段", "R05", "严重"),
    ]
    assert data["findings"][0]["text"] == "农技站意见(盖章)"
    blank = {"confirmed": "", "reason": "", "treatment": "", "done_on": None}
    assert all({k: f[k] for k in blank} == blank for f in data["findings"])
    assert data["check_note"] == "已读取6个栏目，发现4处。"


def test_it_asks_about_stations_that_nobody_looked_up_yet() -> None:
    assert check(FORM)["pending_stations"] == [
        {"station": station, "township": "", "status": "", "document_number": "", "note": ""}
        for station in ("农技站", "水利站")
    ]


def test_it_asks_nobody_twice_and_remembers_through_all_rounds() -> None:
    first = check(FORM)
    answers = [("abolished", "云委编〔2019〕6号"), ("existing", "")]
    answered = [
        {**row, "status": status, "document_number": number}
        for row, (status, number) in zip(first["pending_stations"], answers, strict=True)
    ]
    second = check(FORM, {**first, "pending_stations": answered})
    assert [f["rule"] for f in second["findings"]][:2] == ["R01", "R01?"]
    assert second["pending_stations"] == []
    third = check(FORM, second)
    assert third["findings"] == second["findings"]
    assert third["pending_stations"] == []


def test_a_station_said_to_be_abolished_without_a_document_is_not_severe() -> None:
    row = {"station": "农技站", "status": "abolished", "document_number": ""}
    assert check(FORM, {"pending_stations": [row]})["findings"][0]["level"] == "待查"


def test_without_a_file_it_says_that_nothing_was_checked() -> None:
    data = check(None)
    assert (data["findings"], data["pending_stations"]) == ([], [])
    assert "未机检" in data["check_note"]


def test_a_file_it_cannot_read_is_for_people_and_says_why() -> None:
    data = check(b"%PDF-1.7")
    assert data["findings"] == []
    assert data["check_note"] == "文件不是可读取的.docx，未机检，请人工逐栏核对。"


def test_a_form_in_order_has_no_findings() -> None:
    form = docx(tbl([tc("姓名"), tc("乡（镇）便民服务中心审核意见（便民服务中心审核审批专用章）")]))
    assert check(form)["check_note"] == "已读取2个栏目，发现0处。"


def test_very_long_words_are_cut() -> None:
    (finding,) = check(docx(p("农技站（盖章）" + "很长" * 5_000)))["findings"]
    assert len(finding["text"]) == 500
