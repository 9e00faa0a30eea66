"""Expressions written to break out or to break down: nothing of Python is ever reached, and fuel ends everything."""

import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from service.engine import feel
from tests.engine.feel.computing import AT, VARIABLES, value

WALKS = [
    "__class__", "_class_", "__name__", "__builtins__", "__globals__", "__dict__", "__subclasses__()", "__base__.__subclasses__()",
    "__class__.__mro__[1].__subclasses__()", "__init__.__globals__", "__getattribute__(\"x\")", "__reduce_ex__(2)", "__doc__",
    "__len__()", "__add__(1)", "__iter__()", "format(1)", "format_map({})", "keys()", "items()", "values()", "pop()", "append(1)",
    "clear()", "update({a: 1})", "sort()", "copy()", "encode()", "join([])", "real", "imag", "as_tuple()", "tzinfo", "strftime(\"%Y\")",
    "func_globals", "gi_frame.f_back", "f_globals", "cr_frame", "tb_frame", "co_code", "mro()",
]  # fmt: skip
HOSTS = [
    "name",
    "n",
    "xs",
    "item",
    "nothing",
    "yes",
    '""',
    "[1]",
    "{}",
    "today()",
    "now()",
    "[1..2]",
    "count",
    "(function(x) x)",
]

CALLS = [
    "__import__(\"os\")", "__import__(\"os\").system(\"id\")", "eval(\"1\")", "exec(\"1\")", "open(\"/etc/passwd\")", "compile(\"1\", \"\", \"eval\")",
    "getattr(n, \"real\")", "setattr(n, \"a\", 1)", "globals()", "locals()", "vars()", "dir()", "type(n)", "object()", "print(1)", "input()",
    "breakpoint()", "exit()", "quit()", "help()", "memoryview(name)", "bytes(9)", "id(n)", "hash(n)", "len(xs)", "range(9)", "map(f, xs)",
    "os.system(\"id\")", "sys.exit()", "subprocess.run([\"id\"])", "importlib.import_module(\"os\")", "builtins.open(\"x\")",
    "self.run", "run.meter.fuel", "scope.names", "node.column", "meter.charge(-99999)", "at", "fuel", "context", "partial",
]  # fmt: skip

SYNTAX = [
    "lambda: 1", "(lambda x: x)(1)", "x := 1", "n = 1; n", "import os", "from os import system", "def f(): pass", "class A: pass",
    "[x for x in xs]", "{x: 1 for x in xs}", "f\"{n}\"", "b\"a\"", "r\"a\"", "'a'", "`id`", "$(id)", "${n}", "#{n}", "{{n}}", "{% n %}",
    "%(n)s", "n if yes else 1", "not yes", "n == 5", "n is n", "n is not null", "xs[:]", "xs[1:2]", "xs[::-1]", "*xs", "**item", "@name",
    "n++", "n += 1", "n // 2", "n % 2", "n ^ 2", "n | 2", "n & 2", "~n", "n << 99", "!yes", "yes && yes", "a ? b : c", "n; DROP TABLE",
    "<!--", "<script>", "&lt;", "\\u0041", "0x41", "0b1", "1_000", "1j", "1e", "1e+", "..", "...", "1...2", "->", "=>", "::", "\\", "\x00", "\x7f",
    "\"\\", "\"\\u12\"", "\"\\uD800\"", "\"\\uDFFF\\uD800\"", "\"a\x00b\"", "\"unclosed", "/*", "*/", "//", "function(x) external {java: {class: \"a\"}}",
    "function() external {}", "external", "instance of", "n instance of os.system", "n instance of __class__", "n instance of list<",
    "{\"__class__\": 1}.__class__.__mro__", "get value(name, \"__class__\")", "get value(xs, \"__class__\")", "get entries(name)",
    "context put(xs, \"__class__\", 1)", "get value(item, [\"owner\", \"__class__\", \"__mro__\"])", "xs[\"__class__\"]", "item[\"__class__\"]",
]  # fmt: skip

UNICODE = [
    "ｎ", "ｅｖａｌ(\"1\")", "__ｃｌａｓｓ__", "name.__ｃｌａｓｓ__", "\u202en", "n\u200b", "\u200bn", "n\u2028= 5", "n\ufeff.real", "ﬁ", "ı", "İ", "n\u0338",
    "𝓮𝓿𝓪𝓵(\"1\")", "𝟏 + 𝟏", "١ + ١", "n\u00a0.__class__", "“a”", "n ＝ 5", "n ≤ 5", "（n）", "n，5", "\U000e0001", "\ud800", "é\u0301" * 500, "😀" * 2000,
    "\u0600", "ⅷ + 1", "²", "n\u2069\u2066.x", "\uffff", "\x1b[2J", "\r\n\t\v\f", "\x85", "ｉｆ n ｔｈｅｎ 1 ｅｌｓｅ 2",
]  # fmt: skip

BOMBS = [
    "9 ** 9 ** 9", "9 ** 9 ** 9 ** 9", "2 ** 1e60", "1e60 ** 1e60", "1e-60 ** 1e60", "(-1) ** 1e60", "0 ** -1", "1.0000001 ** 1e60",
    "9e999999999", "1e-999999999", "1" * 101, "0." + "0" * 99 + "1", "1" + "0" * 98, "number(\"1e999999999\")", "number(\"" + "9" * 999 + "\")",
    "decimal(1, 1e60)", "decimal(1e60, 60)", "decimal(1e-60, -60)", "round up(1, -1e9)", "floor(1e60, 6176)", "exp(1e60)", "exp(-1e60)", "log(1e-60)",
    "sqrt(1e60)", "modulo(1e60, 1e-60)", "factorial(99999)", "for i in 1..1e60 return i", "for i in -1e60..1e60 return i",
    "for i in 1..99999, j in 1..99999 return i", "count(for i in 1..1e9 return 1)", "some i in 1..1e60 satisfies false",
    "every i in 1..1e60 satisfies true", "[1..1e60]", "sum(for i in 1..9999 return 1e60)", "product(for i in 1..999 return 9)",
    "{f: function(x) f(x), v: f(1)}.v", "{f: function(x) [f(x), f(x)], v: f(1)}.v", "(function(f) f(f))(function(f) f(f))",
    "{a: function(x) b(x), b: function(x) a(x), v: a(1)}.v", "sort(xs, function(a, b) sort(xs, function(c, d) true)[1] > 0)",
    "string join(for i in 1..9999 return name, name)", "replace(string join(for i in 1..999 return \"a\"), \"a\", \"" + "b" * 900 + "\")",
    "matches(string join(for i in 1..999 return \"a\"), \"^(a+)+b\")", "matches(\"a\", \"" + "(" * 400 + "a" + ")" * 400 + "\")",
    "matches(\"a\", \"a{1000}{1000}{1000}\")", "matches(\"a\", \"((((a{1000}){1000}){1000}){1000})\")", "matches(\"a\", \"(a?){1000}\")",
    "matches(\"aaaa\", \"((a|a)|(a|a))*b\")", "split(string join(for i in 1..9999 return \"a,\"), \",\")", "matches(\"a\", \"" + "|" * 900 + "\")",
    "matches(\"a\", \"" + "[a-z-" * 200 + "\")", "date(1e60, 1, 1)", "date(2022, 1e60, 1)", "date(99999, 1, 1)", "date(-1, 1, 1)", "duration(\"P999999999999D\")",
    "duration(\"P999999999Y\") * 1e60", "duration(\"P1D\") * 1e60", "duration(\"P1D\") / 1e-60", "today() + duration(\"P999999D\") * 1000",
    "today() + duration(\"P99999999Y\")", "time(1e60, 0, 0)", "time(0, 0, 1e-60)", "time(1, 1, 1, duration(\"P9999D\"))", "today() - duration(\"P9999Y\")",
    "@\"9999-12-31\" + @\"P1D\"", "@\"0001-01-01T00:00:00+14:00\" < @\"0001-01-01T00:00:00-14:00\"", "string(@\"0001-01-01T00:00:00+14:00\" - @\"9999-12-31T00:00:00-14:00\")",
    "@\"12:00:00@Asia/../../etc/passwd\"", "@\"12:00:00@/etc/passwd\"", "@\"12:00:00@Asia\"", "@\"12:00:00@" + "A/" * 200 + "\"", "@\"P" + "9" * 400 + "D\"",
    "substring(name, 1e60)", "substring(name, -1e60)", "substring(name, 1, 1e60)", "sublist(xs, 1, 1e60)", "insert before(xs, 1e60, 1)", "xs[1e60]", "xs[-1e60]",
    "range(\"[1..5]\")", "flatten([[[[[[[[[[1]]]]]]]]]])", "append(" + "[1]," * 900 + "1)", "[" + "1," * 1900 + "1]", "{" + ",".join(f"a{i}: {i}" for i in range(500)) + "}",
    "(" * 60 + "1" + ")" * 60, "[" * 60 + "]" * 60, "{a: " * 60 + "1" + "}" * 60, "-" * 60 + "1", "not(" * 60 + "true" + ")" * 60, "a" * 4096, "a " * 2048, "a." * 2048,
    "if true then " * 70 + "1", "1" + " + 1" * 1000, "true" + " and true" * 900, "1" + " ** 2" * 60, "1" + " = 1" * 60, "xs" + "[1]" * 70, "f(" * 50 + ")" * 50,
    "for i in [1, 2, 3, 4, 5, 6, 7, 8, 9, 10] return " * 12 + "1", "(for i in 1..30 return if i = 1 then [1] else [partial, partial])",
    "string((for i in 1..25 return if i = 1 then \"a\" else [partial[-1], partial[-1]])[-1])",
]  # fmt: skip

ATTACKS = [
    *(f"{host}.{walk}" for host in HOSTS[:8] for walk in WALKS[:12]), *(f"{host}.{walk}" for host in HOSTS[8:] for walk in WALKS[::4]),
    *(f"name.{walk}" for walk in WALKS[12:]), *(f"item.{walk}" for walk in WALKS[12:]), *CALLS, *SYNTAX, *UNICODE, *BOMBS,
]  # fmt: skip

# What an expression has no business with, as the interpreter itself reports it.
FORBIDDEN = (
    "exec",
    "compile",
    "import",
    "open",
    "os.",
    "subprocess.",
    "socket.",
    "ctypes.",
    "pickle.",
    "code.",
    "shutil.",
    "sys._getframe",
)
ROOT = Path(__file__).parents[3]
MEASURE = """
from resource import RUSAGE_SELF, getrusage
from tests.engine.feel.test_withstanding_attacks import ATTACKS, attack
attack("1 + 1", strict=True, unary=False)
before = getrusage(RUSAGE_SELF).ru_maxrss
for source in ATTACKS:
    attack(source, strict=True, unary=False)
    attack(source, strict=False, unary=True)
print(getrusage(RUSAGE_SELF).ru_maxrss - before)
"""
watched: list[str] | None = None


def _watch(event: str, _arguments: tuple[Any, ...]) -> None:
    if watched is not None and event.startswith(FORBIDDEN):
        watched.append(event)


sys.addaudithook(_watch)


def attack(source: str, *, strict: bool, unary: bool) -> Any:
    """The value, or None after a FeelError. Fails when anything else comes out, or too much was spent."""
    computation = feel.Computation(VARIABLES | {"?": "x"}, at=AT, strict=strict)
    begun = time.process_time()
    try:
        found = computation.value(feel.compile(source, unary=unary))
    except feel.FeelError:
        found = None
    assert computation.left >= 0
    assert time.process_time() - begun < 2
    return found


def plain(found: Any) -> bool:
    if type(found) in (list, dict):
        return all(plain(member) for member in (found.values() if type(found) is dict else found))
    return feel.kind(found) not in ("list", "context")  # raises for whatever is no value of the language


def test_it_is_attacked_in_more_than_five_hundred_ways() -> None:
    assert len({*ATTACKS, *(f"{host}.{walk}" for host in HOSTS for walk in WALKS)}) >= 500


def test_all_attacks_together_take_little_memory() -> None:
    """In a process of their own: whatever a computation holds is gone before the next, so the peak is that of the worst."""
    found = subprocess.run([sys.executable, "-c", MEASURE], cwd=ROOT, capture_output=True, text=True, check=True)
    assert int(found.stdout) < 20 * 1024, "kilobytes more at the peak than before the first"


@pytest.mark.parametrize("source", list(dict.fromkeys(ATTACKS)), ids=lambda source: ascii(source)[:50])
def test_it_lets_nothing_out_and_ends_soon(source: str) -> None:
    global watched
    value('time("08:00:00@Asia/Shanghai")')  # the list of time zones is read once, from where the system keeps it
    before = repr(VARIABLES)
    watched = []
    try:
        assert plain(attack(source, strict=True, unary=False))
        assert plain(attack(source, strict=False, unary=True))
        assert watched == []
    finally:
        watched = None
    assert repr(VARIABLES) == before


@pytest.mark.parametrize("host", HOSTS)
def test_it_finds_nothing_of_python_behind_a_dot(host: str) -> None:
    for walk in WALKS:
        assert attack(f"{host}.{walk}", strict=True, unary=False) is None
        assert attack(f"{host}.{walk}", strict=False, unary=False) in (None, [None], [None, None, None])


def test_it_treats_names_of_python_as_plain_names_where_they_are_given() -> None:
    given = {"__class__": "a", "eval": 2, "item": {"__dict__": {"__mro__": [3]}}}
    assert feel.compile("[__class__, eval, item.__dict__.__mro__[1]]").evaluate(given, at=AT) == ["a", 2, 3]


def test_it_watches_what_it_says_it_watches() -> None:
    global watched
    watched = []
    try:
        eval("1")
        assert watched == ["compile", "exec"]
    finally:
        watched = None
