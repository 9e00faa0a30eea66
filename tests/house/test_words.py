"""The repository speaks of itself alone: no machine's paths, no package registry's host, nobody's secrets."""

import re
from collections.abc import Iterable, Iterator

from tests.house.source import ROOT, agree, text_of, tracked

# Written in parts, so that this file does not hold what it looks for.
HOSTS = ("pypi" + ".org", "python" + "hosted", "npm" + "js.org", "npm" + "mirror", "debian" + ".org", "crates" + ".io",
         "proxy.golang" + ".org", "maven" + ".org")  # fmt: skip
PATHS = ("/work" + "/", "/root" + "/", "/home" + "/", "/tmp" + "/brief")
WORDS = ("anth" + "ropic", "cl" + "aude", "chat" + "gpt", "open" + "ai", "language" + " model", "work" + "place")
SECRET = re.compile("BEGIN [A-Z ]*PRIVATE" + " KEY|AKIA[0-9A-Z]{16}")


def forbidden(texts: Iterable[tuple[str, str]]) -> Iterator[str]:
    for name, text in texts:
        low = text.lower()
        for word in (*HOSTS, *PATHS, *WORDS):
            if word in low:
                yield f"{name}:{low[: low.index(word)].count(chr(10)) + 1}: {word}"
        if SECRET.search(text):
            yield f"{name}: a private key"


def everything() -> Iterator[tuple[str, str]]:
    for path in tracked():
        text = text_of(path)
        if text is not None:
            yield path.relative_to(ROOT).as_posix(), text


def test_no_file_says_what_is_not_its_business() -> None:
    agree(
        forbidden(everything()),
        "Say it without the machine it was written on: paths from the repository's root, packages by name alone "
        "(clients know their registry), and no word on who wrote it.",
    )


def test_the_rule_sees_a_host() -> None:
    assert list(forbidden([("a", "x\nhttps://" + HOSTS[0] + "/simple")])) == ["a:2: " + HOSTS[0]]
