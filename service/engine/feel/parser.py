"""Tokens -> tree: a Pratt parser. Levels: 1 or, 2 and, 3 comparison, 4 + -, 5 * /, 6 **, 7 instance of; then sign, then path."""

from collections.abc import Callable, Iterable

from service.domain.texts import say
from service.engine.feel import limits, parse_brackets, parse_forms, tree
from service.engine.feel.builtins import BUILTINS
from service.engine.feel.cursor import Cursor, Known, add_known
from service.engine.feel.errors import Failed, FeelError, FeelLimit
from service.engine.feel.parse_types import parse_type
from service.engine.feel.times import at_literal
from service.engine.feel.tree import Node

COMPARISONS = ("=", "!=", "<", "<=", ">", ">=")
CONSTANTS = {"true": True, "false": False, "null": None}
# After a "[" that opens a filter none of these can stand: such a "[" closes a range, as in [1..5[.
_NO_FILTER = frozenset({"", ")", ",", "]", "}", "and", "or", "then", "else", "return", "satisfies", *COMPARISONS})


_BUILTIN_NAMES: Known = {}
for _name in BUILTINS:
    add_known(_BUILTIN_NAMES, _name, {})


def parse(source: str, *, unary: bool, names: Iterable[str]) -> tuple[Node, frozenset[str]]:
    """The tree of ``source`` and the names it reads; raises FeelError."""
    parser = Parser(source, names, common=_BUILTIN_NAMES)
    root = parser.cell() if unary else parser.expression()
    if parser.token.kind != "end":
        parser.fail("feel.syntax.rest")
    depth, nodes = tree.measure(root)
    if depth > limits.DEPTH:
        raise FeelLimit(say("feel.limit.depth", limit=limits.DEPTH), 1, source)
    if nodes > limits.NODES:
        raise FeelLimit(say("feel.limit.nodes", limit=limits.NODES), 1, source)
    return root, frozenset(parser.free - {"?"})


class Parser(Cursor):
    """One reading of one source."""

    def expression(self, level: int = 1) -> Node:
        with self.entered():
            return self.infix(self.operand(), level)

    def infix(self, left: Node, level: int) -> Node:
        """``left`` with all operators of ``level`` or tighter that follow."""
        while self.token.kind in ("op", "keyword"):
            binding, read = INFIX.get(self.token.text, (0, None))
            if binding < level or read is None:
                break
            left = read(self, left)
        return left

    def operand(self) -> Node:
        column = self.column()
        if self.accept("-"):
            with self.entered():
                return _negative(column, self.operand())
        read = PREFIX.get(self.token.text) if self.token.kind in ("op", "keyword") else None
        return self.postfix(read(self) if read else self.simple())

    def simple(self) -> Node:
        """A literal, ``?`` or a name."""
        token, column = self.token, self.column()
        if token.kind in ("number", "string"):
            return tree.Literal(column, self.take().value)
        if token.kind == "at":
            return tree.Literal(column, self._at())
        if token.kind == "keyword" and token.text in CONSTANTS:
            return tree.Literal(column, CONSTANTS[self.take().text])
        if self.accept("?"):
            return tree.Name(column, "?")
        # A variable of several words must be known; an entry of a member in a filter need not.
        name = self.name(joined=self.filters > 0)
        if not (name in BUILTINS and self.sees("(")):
            self.read(name)
        return tree.Name(column, name)

    def postfix(self, node: Node) -> Node:
        """``node`` with the paths, filters and calls that follow it."""
        while True:
            column = self.column()
            if self.accept("."):
                node = tree.Path(column, node, self.name())
            elif self.sees("[") and self.ahead().text not in _NO_FILTER:
                node = self._filter(node)
            elif self.accept("("):
                node = self._call(node)
            else:
                return node

    def test(self, level: int = 1) -> Node:
        """One test: ``< 5`` or an expression."""
        column = self.column()
        op = self.accept(*COMPARISONS)
        return tree.Test(column, op, self.expression(4)) if op else _own(self.expression(level))

    def cell(self) -> Node:
        """A whole decision table cell."""
        column = self.column()
        if self.sees("-") and self.ahead().kind == "end":
            self.take()
            return tree.Tests(column, (), False)
        if self._negated():
            self.at += 2
            parts = self._parts()
            self.expect(")")
            return tree.Tests(column, parts, True)
        return tree.Tests(column, self._parts(), False)

    def _parts(self) -> tuple[Node, ...]:
        parts = [self.test()]
        while self.accept(","):
            parts.append(self.test())
        return tuple(parts)

    def _negated(self) -> bool:
        """Whether the cell is ``not( ... )`` as a whole; ``not(x) and y`` is an expression."""
        if self.token.text != "not" or self.ahead().text != "(":
            return False
        level = 0
        for token in self.tokens[self.at + 1 :]:
            if token.kind == "op":
                level += (token.text == "(") - (token.text == ")")
            if level == 0:
                return token.start == self.tokens[-2].start
        return False

    def _at(self) -> object:
        token = self.take()
        try:
            return at_literal(str(token.value))
        except Failed as failed:
            raise FeelError(failed.message(), token.start + 1, self.source) from None

    def _filter(self, base: Node) -> Node:
        column = self.column()
        self.expect("[")
        self.filters += 1
        condition = self.expression()
        self.filters -= 1
        self.expect("]")
        return tree.Filter(column, base, condition)

    def _call(self, callee: Node) -> Node:
        arguments: list[Node] = []
        named: list[tuple[str, Node]] = []
        while not self.sees(")"):
            key = self._key()
            if key:
                named.append((key, self.expression()))
            else:
                arguments.append(self.expression())
            if not self.accept(","):
                break
        self.expect(")")
        if (arguments and named) or len(dict(named)) < len(named):
            self.fail("feel.syntax.arguments")
        return tree.Call(callee.column, callee, tuple(arguments), tuple(named))

    def _key(self) -> str:
        """The name of a named argument, when one stands here."""
        count = 0
        while self.ahead(count).kind in ("name", "keyword"):
            count += 1
        if not count or self.ahead(count).text != ":":
            return ""
        words = [self.take().text for _ in range(count)]
        self.expect(":")
        return " ".join(words)


def _own(wanted: Node) -> Node:
    return tree.Own(wanted.column, wanted, tree.mentions(wanted, "?"))


def _negative(column: int, operand: Node) -> Node:
    if isinstance(operand, tree.Literal) and limits.is_number(operand.value):
        return tree.Literal(column, operand.value.copy_negate() if operand.value else operand.value)
    return tree.Negate(column, operand)


def _logic(word: str, level: int, make: Callable[[int, tuple[Node, ...]], Node]) -> Callable[[Parser, Node], Node]:
    def read(parser: Parser, left: Node) -> Node:
        parts = [left]
        while parser.accept(word):
            parts.append(parser.expression(level + 1))
        return make(left.column, tuple(parts))

    return read


def _chain(level: int, *ops: str) -> Callable[[Parser, Node], Node]:
    def read(parser: Parser, left: Node) -> Node:
        rest = []
        while parser.sees(*ops):
            rest.append((parser.take().text, parser.expression(level + 1)))
        return tree.Chain(rest[0][1].column, left, tuple(rest))

    return read


def _comparison(parser: Parser, left: Node) -> Node:
    column = parser.column()
    op = parser.take().text
    return tree.Compare(column, op, left, parser.expression(4))


def _between(parser: Parser, value: Node) -> Node:
    column = parser.column()
    parser.expect("between")
    low = parser.expression(4)
    parser.expect("and")
    return tree.Between(column, value, low, parser.expression(4))


def _in(parser: Parser, value: Node) -> Node:
    column = parser.column()
    parser.expect("in")
    if not parser.sees("("):
        return tree.In(column, value, (parser.test(4),))
    opened = parser.column()
    parser.take()
    tests = [parser.test()]
    first = tests[0]
    if parser.sees("..") and isinstance(first, tree.Own):
        ranged = parse_brackets.finish_range(parser, opened, first.wanted, False)
        return tree.In(column, value, (_own(ranged),))
    while parser.accept(","):
        tests.append(parser.test())
    parser.expect(")")
    if len(tests) == 1 and isinstance(first, tree.Own):
        # ``x in (1 + 2) * 3``: the bracket was only the beginning of an expression.
        tests[0] = _own(parser.infix(parser.postfix(first.wanted), 4))
    return tree.In(column, value, tuple(tests))


def _instance(parser: Parser, value: Node) -> Node:
    column = parser.column()
    parser.expect("instance")
    parser.expect("of")
    return tree.InstanceOf(column, value, parse_type(parser))


INFIX: dict[str, tuple[int, Callable[[Parser, Node], Node]]] = {
    "or": (1, _logic("or", 1, tree.Or)),
    "and": (2, _logic("and", 2, tree.And)),
    **dict.fromkeys(COMPARISONS, (3, _comparison)),
    "between": (3, _between),
    "in": (3, _in),
    **dict.fromkeys(("+", "-"), (4, _chain(4, "+", "-"))),
    **dict.fromkeys(("*", "/"), (5, _chain(5, "*", "/"))),
    "**": (6, _chain(6, "**")),
    "instance": (7, _instance),
}

PREFIX: dict[str, Callable[[Parser], Node]] = {**parse_brackets.PREFIX, **parse_forms.PREFIX}
