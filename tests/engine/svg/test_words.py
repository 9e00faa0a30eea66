"""Names in a picture: Chinese breaks anywhere but before its punctuation, Latin between words; what is too long ends with …"""

from hypothesis import given
from hypothesis import strategies as st

from service.engine.svg.measure import width_of, wrap
from tests.engine.diagram import node, user
from tests.engine.svg.drawn import drawn


def test_a_chinese_character_is_as_wide_as_it_is_high() -> None:
    assert width_of("授权清单", 12) == 48
    assert width_of("iiii", 12) < width_of("授", 12) * 1.2 < width_of("WW", 12)


def test_chinese_breaks_anywhere_but_never_before_its_punctuation() -> None:
    assert wrap("编制授权事项建议清单", 60, size=12, most=9) == ("编制授权事", "项建议清单")
    for width in range(42, 90, 6):
        lines = wrap("核对清单（含依据）、附件，提交。", width, size=12, most=99)
        assert all(line[0] not in "）、，。" for line in lines if len(line) > 1)
        assert all(line[-1] != "（" for line in lines if len(line) > 1)


def test_words_stay_whole_and_a_long_one_is_broken() -> None:
    assert wrap("send the list", 60, size=12, most=9) == ("send", "the list")
    assert "".join(wrap("a" * 40, 60, size=12, most=99)) == "a" * 40


def test_a_line_break_somebody_set_is_kept() -> None:
    assert wrap("第一行\n第二行", 900, size=12, most=9) == ("第一行", "第二行")


def test_what_does_not_fit_ends_with_dots_and_can_be_read_by_pointing_at_it() -> None:
    name = "很长的名称" * 40
    assert wrap(name, 60, size=12, most=2)[-1].endswith("…")
    picture = drawn(node("userTask", "a").replace('name="a"', f'name="{name}"'))
    assert picture.words("a").endswith("…")
    assert picture.of("a").findtext("{http://www.w3.org/2000/svg}title") == name


@given(st.text(max_size=120), st.floats(1, 400), st.integers(1, 6))
def test_no_line_is_too_wide_and_nothing_is_lost(text: str, width: float, most: int) -> None:
    every = wrap(text, width, size=12, most=10_000)
    assert "".join("".join(every).split()) == "".join(text.split())
    assert all(width_of(line, 12) <= width or len(line) == 1 for line in every)
    assert len(wrap(text, width, size=12, most=most)) <= most


@given(st.text(max_size=60).filter(lambda t: t.isprintable() and not any(c in t for c in "\ufffe\uffff")))
def test_whatever_a_name_says_stays_words(name: str) -> None:
    escaped = name.replace("&", "&amp;").replace("<", "&lt;").replace('"', "&quot;").replace("'", "&#39;")
    picture = drawn(user("a").replace('name="a"', f'name="{escaped}"'))
    kinds = {e.tag.rpartition("}")[2] for e in picture.root.iter()}
    assert kinds <= {"svg", "g", "title", "desc", "rect", "circle", "path", "text", "tspan"}


def test_an_attack_in_a_name_stays_text() -> None:
    bad = "&lt;script&gt;alert(1)&lt;/script&gt;&quot;/&gt;&lt;image href='https://bad.example'/&gt;"
    picture = drawn(user("a").replace('name="a"', f'name="{bad}"'))
    assert "<script" not in picture.svg
    assert "<image" not in picture.svg
    title = picture.of("a").findtext("{http://www.w3.org/2000/svg}title")
    assert title == "<script>alert(1)</script>\"/><image href='https://bad.example'/>"
