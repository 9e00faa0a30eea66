"""Patterns: the plain part of JavaScript's, and none that a text could make slow."""

import re
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from service.engine.forms.pattern_parts import Unsupported
from service.engine.forms.patterns import compiled, matches

DOCUMENT = r"^[\u4e00-\u9fff]{2,14}〔(19|20)\d{2}〕[1-9]\d*号$"


@pytest.mark.parametrize(
    ("pattern", "text", "fits"),
    [
        (DOCUMENT, "云政办〔2022〕28号", True),
        (DOCUMENT, "云政办[2022]28号", False),
        (DOCUMENT, "云政办〔2022〕028号", False),
        (r"^\d{13}$", "3506220000001", True),
        (r"^\d{13}$", "35062200000012", False),
        (r"\d{2}", "第12号", True),
        (r"^\d{2}", "第12号", False),
        (r"号$", "第12号", True),
        (r"号$", "第12号。", False),
        (r"^(甲|乙)?$", "", True),
        (r"^a|b", "b", None),
        (r"^[^0-9]+$", "abc", True),
        (r"^[^0-9]+$", "ab1", False),
        (r"^[\w.-]+$", "a.b-c_1", True),
        (r"^[\D]+$", "a1", False),
        (r"^\S+\s\S+$", "a　b", True),
        (r"^a.c$", "a\nc", False),
        (r"^\$\(\)\\$", "$()\\", True),
        (r"", "anything", True),
        (r"^(a*)*$", "aaaa", True),
        (r"^x{0}$", "", True),
        (r"^x{2,}$", "x", False),
        (r"^[]$", "", False),
    ],
)
def test_it_matches_as_the_browser_does(pattern: str, text: str, fits: bool | None) -> None:
    if fits is None:
        with pytest.raises(Unsupported):
            compiled(pattern)
    else:
        compiled(pattern)
        assert matches(pattern, text) is fits


@pytest.mark.parametrize(
    "pattern",
    ["(?=a)", "(?!a)", "(?<n>a)", r"(a)\1", r"\bx", "a**", "a+?", "*a", "a{3,2}", "a{x}", "a{501}", "(a", "a)", "[a", "[b-a]", "a^b",
     "a$b", "\\", r"\q", r"\u12", r"[\d-z", "(" * 30 + "a" + ")" * 30, "((a{30}){30}){30}", "a" * 201],
)  # fmt: skip
def test_it_refuses_what_it_cannot_run_and_lets_nothing_through(pattern: str) -> None:
    with pytest.raises(Unsupported):
        compiled(pattern)
    assert not matches(pattern, "a")


@pytest.mark.parametrize("pattern", [r"^(a+)+$", r"^(a|a)*$", r"^(a|aa)+$", r"(.*)*x", r"^(\w+\s?)*$"])
def test_it_is_never_slow(pattern: str) -> None:
    compiled(pattern)
    begin = time.perf_counter()
    assert not matches(pattern, "a" * 1_900 + "!")
    assert time.perf_counter() - begin < 2


def test_it_fits_no_text_that_is_too_long() -> None:
    assert matches("^a+$", "a" * 2_000)
    assert not matches("^a+$", "a" * 2_001)


PIECES = st.sampled_from(
    ["a", "b", ".", "[ab]", "[^a]", r"\d", "(a|b)", "(ab|)", "(a|b1)*", "b{1,2}", "a?", "(b+a)?", "[0-9]+"]
)


@given(st.lists(PIECES, max_size=5), st.booleans(), st.booleans(), st.text("ab1", max_size=8))
@settings(max_examples=200, deadline=None)
def test_it_agrees_with_the_standard_matcher(pieces: list[str], start: bool, end: bool, text: str) -> None:
    pattern = ("^" if start else "") + "".join(pieces) + ("$" if end else "")
    assert matches(pattern, text) is (re.search(pattern.replace("$", r"\Z"), text, re.ASCII) is not None)
