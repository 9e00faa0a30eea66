"""Texts and patterns. Positions count from 1 in characters, whatever the script."""

import pytest

from tests.engine.feel.computing import refusal, value

TRUE = [
    '"火田" + "镇" = name',
    'string length("一章通") = 3',
    'string length("🐎") = 1',
    '"\\u4e00\\U01F40E" = "一🐎"',
    '"\\uD83D\\uDC0E" = "🐎"',
    '"a\\"b\\\\c\\n" = "a\\"b\\\\c\\n" and string length("\\n\\t\\r") = 3',
    'substring("foobar", 3) = "obar"',
    'substring("foobar", 3, 3) = "oba"',
    'substring("foobar", -2, 1) = "a"',
    'substring("\U0001F40Eab", 2) = "ab"',
    'substring before("foobar", "bar") = "foo" and substring before("foobar", "xyz") = ""',
    'substring after("foobar", "ob") = "ar" and substring after("foobar", "xyz") = ""',
    'upper case("aBc4") = "ABC4" and lower case("aBc4") = "abc4"',
    'contains(name, "田") and starts with(name, "火") and ends with(name, "镇")',
    'not(contains("foobar", "of"))',
    'string join(["a", "b", "c"], "、") = "a、b、c"',
    'string join(["a", null, "c"]) = "ac"',
    'string join(["a", "b"], ",", "[", "]") = "[a,b]"',
    'string(1.50) = "1.5" and string(true) = "true" and string("a") = "a"',
    'string([1, "a", null]) = "[1, \\"a\\", null]"',
    'string({a: 1}) = "{a: 1}"',
    'string(@"2022-08-01") = "2022-08-01"',
    'string(null) = null',
    'split("John Doe", "\\s") = ["John", "Doe"]',
    'split("a;b;c;;", ";") = ["a", "b", "c", "", ""]',
    'matches("350622000000", "^[0-9]{12}$")',
    'not(matches("35062200000", "^[0-9]{12}$"))',
    'matches("云政办〔2022〕28号", "^\\p{Lo}+〔\\d{4}〕\\d+号$")',
    'matches("foobar", "^fo*b")',
    'matches("Hello", "hello", "i")',
    'matches("a\\nb", "^b", "m") and not(matches("a\\nb", "^b"))',
    'matches("a\\nb", "a.b", "s") and not(matches("a\\nb", "a.b"))',
    'matches("ab", "a b", "x")',
    'matches("a.b", "a.b", "q") and not(matches("axb", "a.b", "q"))',
    'matches("xyz", "[a-z-[aeiou]]{3}") and not(matches("xaz", "^[a-z-[aeiou]]{3}$"))',
    'matches("abc", "a|b") and matches("", "^$")',
    'replace("abcd", "(ab)|(a)", "[1=$1][2=$2]") = "[1=ab][2=]cd"',
    'replace("0123456789", "(\\d{3})(\\d{3})(\\d{4})", "($1) $2-$3") = "(012) 345-6789"',
    'replace("abracadabra", "a.*a", "*") = "*"',
    'replace("abracadabra", "a.*?a", "*") = "*c*bra"',
    'replace("aaa", "a", "\\\\$") = "$$$"',
    'replace("1.5", "\\.", ",") = "1,5"',
    '"a" < "b" and "a" < "aa"',
]  # fmt: skip


@pytest.mark.parametrize("source", TRUE)
def test_it_holds(source: str) -> None:
    assert value(source) is True


@pytest.mark.parametrize(
    "source",
    [
        'substring("foobar", 0)', 'substring("foobar", 7.5)', 'substring("foobar", 1, 0)', '"a" + 1', '"a" - "b"',
        'upper case(1)', 'string join([1, 2])', 'matches("a", "(a")', 'matches("a", "a)")', 'matches("a", "*a")',
        'matches("a", "[a")', 'matches("a", "[]")', 'matches("a", "[z-a]")', 'matches("a", "a{2,1}")',
        'matches("a", "a{9999}")', 'matches("a", "\\\\1")', 'matches("a", "(?=a)")', 'matches("a", "(?P<x>a)")',
        'matches("a", "a", "u")', 'matches("a", "\\p{Han}")', 'matches("a", "a\\\\")', 'replace("a", "a*", "b")',
        'replace("a", "a", "$")', 'replace("a", "a", "\\\\n")', 'split("a", "")',
    ],
)  # fmt: skip
def test_it_has_no_answer(source: str) -> None:
    assert refusal(source).column >= 1
    assert value(source, strict=False) is None


@pytest.mark.parametrize(
    "pattern", ["^(a+)+$", "^(a|a)*$", "^(a|aa)+$", "(a*)*b", "^((a?){5}){5}b", "(.*)*(.*)*(.*)*x", "(a?){25}a{25}b"]
)
def test_it_walks_a_pattern_that_runs_wild_elsewhere(pattern: str) -> None:
    text = "a" * 60 + "!"
    assert value(f'matches(text, "{pattern}")', {"text": text}) is False


def test_it_names_the_pattern_and_what_is_wrong_with_it() -> None:
    assert refusal('matches("a", "a)b")').message == "正则表达式“a)b”有误：第2个字符“)”不能用在这里。"
