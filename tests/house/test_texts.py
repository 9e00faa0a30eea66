"""The catalogue of Chinese texts and the code agree: no key is missing, none is idle, placeholders get what they want."""

import ast
import re
from collections.abc import Collection, Iterable, Iterator
from string import Formatter

from service.domain.texts import TEXTS
from tests.house.source import ROOT, Source, agree, called, python

CATALOGUE = "service/domain/texts/"
TEMPLATES = ROOT / "service/pages/templates"
SAYING = {"say", "fail"}
DATA = ("service/demo/data", "handlers", "bpmn")
CHINESE = re.compile("[\u4e00-\u9fff]")


def speaking() -> tuple[Source, ...]:
    return tuple(s for s in python("service", "handlers") if not s.path.startswith(CATALOGUE))


def errors(sources: Iterable[Source]) -> set[str]:
    """The classes whose first argument is a key."""
    found = {"OneSealError"}
    bases = [(node.name, {getattr(b, "id", "") for b in node.bases}) for s in sources for node in s.nodes
             if isinstance(node, ast.ClassDef)]  # fmt: skip
    for _ in range(4):
        found |= {name for name, parents in bases if parents & found}
    return found


def said(source: Source, speakers: Collection[str]) -> Iterator[tuple[ast.Call, ast.expr]]:
    """Calls that say something, with the key they say."""
    for call in source.calls():
        if called(call) in speakers and call.args:
            yield call, call.args[0]


def unknown(source: Source, speakers: Collection[str], texts: Collection[str]) -> Iterator[str]:
    for call, key in said(source, speakers):
        place = f"{source.path}:{call.lineno}"
        if isinstance(key, ast.Constant) and isinstance(key.value, str) and key.value not in texts:
            yield f"{place}: {key.value}"
        head = _head(key)
        if head and not any(text.startswith(head) for text in texts):
            yield f"{place}: {head}..."


def unfilled(source: Source, speakers: Collection[str], texts: dict[str, str]) -> Iterator[str]:
    """Calls whose keywords are not the placeholders of their text."""
    for call, key in said(source, speakers):
        if not isinstance(key, ast.Constant) or key.value not in texts or any(k.arg is None for k in call.keywords):
            continue
        given = {k.arg or "" for k in call.keywords}
        wanted = placeholders(texts[key.value])
        if called(call) == "fail":
            wanted -= {"found", "column"}  # the cursor adds where it stands
        if wanted - given or (called(call) == "say" and given - wanted):  # an error keeps more than its text tells
            yield f"{source.path}:{call.lineno}: {key.value} has {sorted(wanted)}, given {sorted(given)}"


def placeholders(text: str) -> set[str]:
    return {re.split(r"[.\[]", name)[0] for _, name, _, _ in Formatter().parse(text) if name}


def idle(texts: Iterable[str], sources: Iterable[Source], data: Collection[str]) -> Iterator[str]:
    """Keys that no code names: whole, or as a head in an f-string with the rest standing somewhere as a word."""
    nodes = [node for source in sources for node in source.nodes]
    words = {n.value for n in nodes if isinstance(n, ast.Constant) and isinstance(n.value, str)}
    heads = {head for node in nodes if (head := _head(node))} | {w for w in (*words, *data) if w.endswith(".")}
    words |= {part for w in words if " " not in w for part in re.findall(r"[\w-]+", w)} | set(data)
    for key in texts:
        rests = [key.removeprefix(head) for head in heads if key.startswith(head)]
        if key not in words and not any(_stands(rest, words) for rest in rests):
            yield key


def _head(node: ast.AST) -> str:
    """The fixed beginning of an f-string key: ``f"case.status.{x}"`` -> ``case.status.``"""
    if isinstance(node, ast.JoinedStr) and isinstance(node.values[0], ast.Constant):
        head = str(node.values[0].value)
        return head if re.fullmatch(r"[a-z_]+\.[a-z_.]*", head) else ""
    return ""


def _stands(rest: str, words: Collection[str]) -> bool:
    """Every part of the rest is a word of the code or of its data; a name with blanks is said with hyphens."""
    return rest in words or all(
        part.isdigit() or part in words or part.replace("-", " ") in words for part in rest.split(".")
    )


def written(sources: Iterable[Source]) -> Iterator[str]:
    """Chinese sentences for people that stand in the code instead of the catalogue: those raised or logged."""
    for source in sources:
        for node in source.nodes:
            if isinstance(node, ast.Raise) and node.exc:
                for part in ast.walk(node.exc):
                    if isinstance(part, ast.Constant) and isinstance(part.value, str) and CHINESE.search(part.value):
                        yield f"{source.path}:{part.lineno}: {part.value[:40]}"


def said_in_templates() -> set[str]:
    """What templates say by its whole key, or by the head of one: ``say("post." ~ post)``."""
    return {key for path in TEMPLATES.rglob("*.html") for key in re.findall(r'\bsay\(\s*"([^"]+)"', path.read_text())}


def _data() -> set[str]:
    files = [
        p
        for folder in DATA
        for p in (ROOT / folder).rglob("*")
        if p.suffix in (".toml", ".json", ".form", ".bpmn", ".dmn")
    ]
    return {word for path in files for word in re.findall(r"[\w.-]+", path.read_text())}


def _speakers() -> set[str]:
    return SAYING | errors(python("service"))


def test_every_key_that_is_said_stands_in_the_catalogue() -> None:
    speakers = _speakers()
    found = (line for source in speaking() for line in unknown(source, speakers, TEXTS))
    agree(found, "Add the key to service/domain/texts/<part>.py, or say one that is there.")


def test_every_key_a_template_says_stands_in_the_catalogue() -> None:
    heads = {key for key in said_in_templates() if key.endswith(".")}
    found = (key for key in said_in_templates() - heads if key not in TEXTS)
    agree(found, "Add the key to service/domain/texts/<part>.py, or say one that is there.")
    agree((head for head in heads if not any(key.startswith(head) for key in TEXTS)), "No key begins like this.")


def test_every_text_gets_what_its_placeholders_want() -> None:
    speakers = _speakers()
    found = (line for source in speaking() for line in unfilled(source, speakers, TEXTS))
    agree(
        found,
        "Give the text exactly the keywords it has placeholders for; a missing one is a KeyError before a person.",
    )


def test_every_text_is_said_somewhere() -> None:
    agree(
        idle(TEXTS, speaking(), _data() | said_in_templates()),
        "Nobody says it: take it out of service/domain/texts/<part>.py.",
    )


def test_refusals_are_written_in_the_catalogue() -> None:
    agree(written(speaking()), "Put the sentence into service/domain/texts/<part>.py and name its key.")


def test_the_rules_see_what_does_not_agree() -> None:
    bad = Source("service/a.py", 'say("no.such")\nsay("a.b", x=1)\nsay(f"c.{y}")\nraise Conflict("不行")\n')
    texts = {"a.b": "{z}", "d.e": ""}
    assert list(unknown(bad, {"say"}, texts)) == ["service/a.py:1: no.such", "service/a.py:3: c...."]
    assert list(unfilled(bad, {"say"}, texts)) == ["service/a.py:2: a.b has ['z'], given ['x']"]
    assert list(idle(texts, [bad], ())) == ["d.e"]
    assert list(written([bad])) == ["service/a.py:4: 不行"]
