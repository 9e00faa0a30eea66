"""The rules R01-R05 with good and bad examples, and the traps."""

import pytest
from handlers.forms.box import Box, Finding
from handlers.forms.lexicon import all_of, first_of, without_alive, words
from handlers.forms.rules import check_box

ABOLISHED = {"农技站": "云委编〔2019〕6号", "农机站": "云委编〔2019〕6号"}


def check(text: str, stations: dict[str, str] | None = None) -> list[Finding]:
    return check_box(Box((("paragraph", 1),), text), ABOLISHED if stations is None else stations)


def rules(text: str, stations: dict[str, str] | None = None) -> list[str]:
    return [finding.rule for finding in check(text, stations)]


@pytest.mark.parametrize(
    "text",
    [
        "农技站意见（盖章）",
        "原农机站意见（盖章）",
        "农 技 站 意 见 （盖　　章）",
        "农\n技\n站\n意\n见\n︵盖章︶",
        "农技站审核意见：    （公章）  年 月 日",
        "农技站（章）",
        "农技站【签章】",
        "农技站意见（签字盖章）",
        "农技站 年 月 日（单位）章",
    ],
)
def test_r01_is_severe_when_the_registry_holds_the_document(text: str) -> None:
    (finding,) = [f for f in check(text) if f.rule.startswith("R01")]
    assert (finding.rule, finding.level) == ("R01", "severe")


@pytest.mark.parametrize(
    ("text", "station"),
    [
        ("水利站意见（盖章）", "水利站"),
        ("农业技术推广站意见（盖章）", "农业技术推广站"),
        ("综合文化站（公章）", "综合文化站"),
        ("乡林业工作站（单位）章", "林业工作站"),
        ("林业站意见（盖章）", "林业站"),
        ("××站意见（盖章）", "××站"),
        ("＿＿站（盖章）", "__站"),
        ("□□所（公章）", "□□所"),
        ("镇劳动保障事务所（盖章）", "劳动保障事务所"),
        ("民政所意见（盖章）", "民政所"),
    ],
)
def test_r01_is_to_be_looked_up_when_the_registry_does_not(text: str, station: str) -> None:
    (finding,) = [f for f in check(text) if f.rule.startswith("R01")]
    assert (finding.rule, finding.level, finding.station) == ("R01?", "look_up", station)


def test_a_forest_station_is_looked_up_even_beside_an_abolished_one() -> None:
    found = check("农技站、林业站意见（盖章）")
    assert [(f.rule, f.station) for f in found] == [("R01", "农技站"), ("R01?", "林业站")]


def test_a_long_name_is_not_taken_for_the_short_one_within() -> None:
    assert [f.station for f in check("农机管理站、水利水保站（盖章）")] == ["农机管理站", "水利水保站"]


@pytest.mark.parametrize(
    "text",
    [
        "加油站（盖章）", "网站（盖章）", "变电站、充电站意见（盖章）", "社区卫生服务站（盖章）", "退役军人服务站（盖章）",
        "新时代文明实践站（盖章）", "污水处理站意见（公章）", "火车站（盖章）",
        "申请单位（盖章）", "法定代表人（签章）", "县民政局（盖章）", "律师事务所（盖章）", "研究所（公章）",
        "公安派出所意见（盖章）", "市场监管所意见（盖章）", "市场监督管理所（公章）", "司法所意见（盖章）", "自然资源所意见（盖章）",
        "住所（盖章）", "经营场所产权人（签章）", "房屋所有权人（盖章）", "所在地村委会意见（盖章）",
        "县财政所属单位（盖章）", "民政所需材料（加盖公章）", "企业办理人（签章）", "企业办公地址（盖章）", "计生办证申请人（签章）",
        "无需农技站盖章", "不需民政所意见", "取消水利站盖章", "不再由农机站审核盖章",
        "林业站留存一份", "本表一式三份，农技站、财政所各存一份",
        "乡（镇）便民服务中心审核意见（便民服务中心审核审批专用章）",
        "村民委员会意见（盖章）",
        "", "   ", "年  月  日",
    ],
)  # fmt: skip
def test_it_says_nothing_about_what_is_in_order(text: str) -> None:
    assert rules(text) == []


@pytest.mark.parametrize(
    "text",
    ["无需农技站盖章，水利站意见（盖章）", "无需农技站盖章\n水利站意见（盖章）", "取消农技站盖章；水利站（盖章）"],
)
def test_a_negation_excuses_its_own_clause_only(text: str) -> None:
    assert [f.station for f in check(text)] == ["水利站"]


@pytest.mark.parametrize(
    ("text", "station"),
    [
        ("乡(镇)民政所审核意见 签名:    时间:", "民政所"),
        ("由财政所核实", "财政所"),
        ("林业站审核结论", "林业站"),
    ],
)
def test_r02_is_power_exercised_without_a_seal(text: str, station: str) -> None:
    (finding,) = check(text)
    assert (finding.rule, finding.level, finding.station) == ("R02", "warning", station)


@pytest.mark.parametrize(
    "text",
    [
        "乡（镇）人民政府意见（公章）",
        "乡镇人民政府意见\n（盖公章）",
        "火田镇政府 （公章）",
        "乡镇（街道）人民政府（公章）",
    ],
)
def test_r03_is_a_township_box_that_insists_on_the_official_seal(text: str) -> None:
    (finding,) = check(text)
    assert (finding.rule, finding.level) == ("R03", "to_fix")


@pytest.mark.parametrize(
    "text", ["乡镇人民政府意见（公章或便民服务中心审核审批专用章）", "县人民政府（公章）", "无需镇政府公章"]
)
def test_r03_is_silent_where_the_special_seal_is_named_or_no_township_is_meant(text: str) -> None:
    assert rules(text) == []


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("镇政府意见（盖章）", "R04"),
        ("镇(管理区)政府审核意见（盖章）", "R04"),
        ("镇（区）政府（盖章）", "R04"),
        ("乡、镇政府意见（签章）", "R04"),
        ("乡(镇)人民政府审定意见 签名", "R04b"),
    ],
)
def test_r04_is_a_hint_that_the_centre_s_seal_will_do(text: str, rule: str) -> None:
    (finding,) = check(text)
    assert (finding.rule, finding.level) == (rule, "hint")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("须加盖镇政府公章，专用章无效", "专用章无效"),
        ("本表专用章一律无效。", "专用章一律无效"),
        ("仅限加盖乡镇人民政府公章", "仅限加盖乡镇人民政府公章"),
        ("仅限公章", "仅限公章"),
        ("必须加盖乡镇公章", "必须加盖乡镇公章"),
        ("不得使用便民服务中心专用章", "不得使用便民服务中心专用章"),
        ("其他印章无效", "其他印章无效"),
        ("不予认可审核审批专用章", "不予认可审核审批专用章"),
        ("应当加盖人民政府公章", "应当加盖人民政府公章"),
    ],
)
def test_r05_is_any_wording_that_refuses_the_special_seal(text: str, words: str) -> None:
    found = [f for f in check(text) if f.rule == "R05"]
    assert len(found) == 1
    assert found[0].level == "severe"
    assert found[0].text in text
    assert words in text


@pytest.mark.parametrize(
    "text",
    [
        "加盖便民服务中心审核审批专用章",
        "合同专用章无效",
        "不得使用财务专用章",
        "须加盖县人民政府公章",
        "须加盖单位公章",
        "仅限加盖申请单位公章",
        "专用章与公章具有同等效力",
    ],
)
def test_r05_leaves_other_seals_alone(text: str) -> None:
    assert "R05" not in rules(text)


def test_a_finding_names_its_place_and_its_words() -> None:
    place = (("table", 1), ("row", 3), ("column", 2))
    (finding,) = check_box(Box(place, "农 技 站（盖 章）"), ABOLISHED)
    assert (finding.place, finding.text) == (place, "农技站(盖章)")


@pytest.mark.parametrize("name", ["stations", "look_up", "placeholders"])
def test_no_station_is_masked_as_something_alive(name: str) -> None:
    for word in words(name):
        assert without_alive(word) == word


def test_every_word_of_the_lexicon_is_written_as_boxes_are_read() -> None:
    for name in ("stations", "look_up", "placeholders", "alive", "seal_markers", "opinion_markers", "negations"):
        for word in words(name):
            assert Box((), word).plain == word, (name, word)


def test_it_names_the_longest_word_and_all_words_in_their_order() -> None:
    assert first_of("stations", "镇农机管理站") == "农机管理站"
    assert all_of("stations", "水利站、农机管理站、农机站") == ["水利站", "农机管理站", "农机站"]


def test_a_box_of_two_million_characters_is_checked_in_seconds() -> None:
    check("农技站意见　" * 300_000 + "必须加盖" * 50_000)
