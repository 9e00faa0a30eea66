"""A place in the tokens, and the names known there: what every part of the parser shares."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import lru_cache
from typing import NoReturn

from service.domain.texts import say
from service.engine.feel import lexer
from service.engine.feel.errors import FeelError, FeelLimit
from service.engine.feel.lexer import Token
from service.engine.feel.tree import Node

# Bounds the recursion of the parser itself; two entries are counted for each bracket.
ENTRIES = 160

# First word -> (words, name) of names of several words, longest first.
Known = dict[str, list[tuple[tuple[str, ...], str]]]


@lru_cache(maxsize=4000)
def _words(name: str) -> tuple[str, ...]:
    """The tokens of a name; none when it is no name at all."""
    try:
        return tuple(token.text for token in lexer.tokens(name)[:-1])
    except FeelError:
        return ()


def add_known(known: Known, name: str, common: Known) -> None:
    """Add a name of several words to ``known``, which stands over ``common``."""
    words = _words(name)
    if len(words) > 1:
        entries = known.setdefault(words[0], list(common.get(words[0], ())))
        entries.append((words, " ".join(name.split())))
        entries.sort(key=lambda entry: -len(entry[0]))


class Cursor:
    """Tokens with a position. ``known``: names of several words met here, over the ``common`` ones every source knows."""

    def __init__(self, source: str, names: Iterable[str], *, common: Known) -> None:
        self.source = source
        self.tokens = lexer.tokens(source)
        self.at = 0
        self.entries = 0
        self.filters = 0
        self.bound: list[set[str]] = []
        self.free: set[str] = set()
        self.common = common
        self.known: Known = {}
        for name in names:
            self.learn(name)

    def expression(self, level: int = 1) -> Node:
        raise NotImplementedError

    # tokens

    @property
    def token(self) -> Token:
        return self.tokens[self.at]

    def ahead(self, count: int = 1) -> Token:
        return self.tokens[min(self.at + count, len(self.tokens) - 1)]

    def take(self) -> Token:
        token = self.tokens[self.at]
        if token.kind != "end":
            self.at += 1
        return token

    def sees(self, *texts: str) -> bool:
        return self.token.kind in ("op", "keyword") and self.token.text in texts

    def accept(self, *texts: str) -> str:
        """The text of the token taken when it is one of ``texts``, else empty."""
        return self.take().text if self.sees(*texts) else ""

    def expect(self, text: str) -> Token:
        if not self.sees(text):
            self.fail("feel.syntax.expected", wanted=text)
        return self.take()

    def column(self) -> int:
        return self.token.start + 1

    def fail(self, text: str, **values: object) -> NoReturn:
        found = self.token.text or say("feel.syntax.end")
        raise FeelError(say(text, found=found, column=self.column(), **values), self.column(), self.source)

    @contextmanager
    def entered(self) -> Iterator[None]:
        self.entries += 1
        if self.entries > ENTRIES:
            raise FeelLimit(say("feel.limit.nesting"), self.column(), self.source)
        yield
        self.entries -= 1

    # names

    def learn(self, name: str) -> None:
        """Make a name of several words known from here on."""
        add_known(self.known, name, self.common)

    def name(self, *, joined: bool = True) -> str:
        """A name: the longest known one that stands here, else one word, or with ``joined`` all words in a row."""
        if self.token.kind not in ("name", "keyword"):
            self.fail("feel.syntax.name")
        for words, name in self.known.get(self.token.text) or self.common.get(self.token.text) or ():
            if words == tuple(token.text for token in self.tokens[self.at : self.at + len(words)]):
                self.at += len(words)
                return name
        if self.token.kind != "name":
            self.fail("feel.syntax.name")
        parts = [self.take().text]
        while joined and self.token.kind == "name":
            parts.append(self.take().text)
        return " ".join(parts)

    def declared(self, *ends: str) -> str:
        """A name being given here, up to a token of ``ends``; learnt when it has several words."""
        start = self.token
        if start.kind == "string":
            return str(self.take().value)
        if start.kind != "name":
            self.fail("feel.syntax.name")
        last = start
        while self.token.kind != "end" and not self.sees(*ends):
            last = self.take()
        if self.token.kind == "end":
            self.fail("feel.syntax.expected", wanted=ends[0])
        name = " ".join(self.source[start.start : last.end].split())
        self.learn(name)
        return name

    def read(self, name: str) -> None:
        """Note that the variable ``name`` is read here; inside a filter it may be a property of the members."""
        if not self.filters and not any(name in names for names in self.bound):
            self.free.add(name)

    @contextmanager
    def scope(self, names: Iterable[str] = ()) -> Iterator[set[str]]:
        names = set(names)
        self.bound.append(names)
        yield names
        self.bound.pop()
