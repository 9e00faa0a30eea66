"""A decision table: its inputs, outputs and rules, with every cell compiled."""

from lxml import etree

from service.engine.dmn.hits import AGGREGATIONS, POLICIES
from service.engine.dmn.model import Input, Output, Rule, Table
from service.engine.dmn.source import Source
from service.engine.dmn.types import Types
from service.engine.feel import Expression

MOST_RULES = 2000
MOST_COLUMNS = 60
MOST_CELLS = 20_000


def read_table(source: Source, types: Types, element: etree._Element) -> Table | None:
    """The table, or None when it is too large to be looked at; what is wrong with it is told to ``source``."""
    inputs, outputs = list(source.children(element, "input")), list(source.children(element, "output"))
    rules = list(source.children(element, "rule"))
    columns = len(inputs) + len(outputs)
    if len(rules) > MOST_RULES or columns > MOST_COLUMNS or len(rules) * columns > MOST_CELLS:
        source.refuse(element, "dmn.table.too_large", rules=MOST_RULES, columns=MOST_COLUMNS, cells=MOST_CELLS)
        return None
    if not outputs:
        source.refuse(element, "dmn.table.no_output")
    reader = _Reader(source, types, element)
    table = Table(
        policy=element.get("hitPolicy", "UNIQUE"),
        aggregation=element.get("aggregation", ""),
        inputs=tuple(found for e in inputs if (found := reader.input(e)) is not None),
        outputs=tuple(reader.output(e, alone=len(outputs) == 1) for e in outputs),
        rules=tuple(reader.rule(e, number, len(inputs), len(outputs)) for number, e in enumerate(rules, 1)),
    )
    reader.check(table)
    return table


def names_read(logic: Table | Expression | None) -> frozenset[str]:
    """The variables that a table or an expression reads."""
    if logic is None:
        return frozenset()
    if isinstance(logic, Expression):
        return logic.names
    cells = [cell for rule in logic.rules for cell in (*rule.tests, *rule.results) if cell is not None]
    defaults = [output.default for output in logic.outputs if output.default is not None]
    return frozenset().union(*(one.names for one in (*(i.expression for i in logic.inputs), *cells, *defaults)))


class _Reader:
    def __init__(self, source: Source, types: Types, element: etree._Element) -> None:
        self.source, self.types, self.element = source, types, element

    def input(self, element: etree._Element) -> Input | None:
        expression = self.source.child(element, "inputExpression")
        compiled = self.source.compile(expression)
        if expression is None or not self.source.text(expression):
            self.source.refuse(element, "dmn.table.no_input")
        if compiled is None or expression is None:
            return None
        return Input(
            label=element.get("label") or compiled.source[:60],
            expression=compiled,
            type=self.types.of(expression.get("typeRef", ""), element),
            allowed=self.source.compile(self.source.child(element, "inputValues"), unary=True),
        )

    def output(self, element: etree._Element, *, alone: bool) -> Output:
        name = " ".join(element.get("name", "").split())
        if not name and not alone:
            self.source.refuse(element, "dmn.table.no_name")
        type = self.types.of(element.get("typeRef", ""), element)
        allowed = self.source.compile(self.source.child(element, "outputValues"), unary=True)
        values = allowed or type.allowed
        default = self.source.child(element, "defaultOutputEntry")
        return Output(name, type, allowed, values.alternatives() if values else (), self.source.compile(default))

    def rule(self, element: etree._Element, number: int, inputs: int, outputs: int) -> Rule:
        tests, results = (
            list(self.source.children(element, "inputEntry")),
            list(self.source.children(element, "outputEntry")),
        )
        if len(tests) != inputs or len(results) != outputs:
            self.source.refuse(element, "dmn.table.cells", number=number, inputs=inputs, outputs=outputs)
        return Rule(
            element.get("id", "") or str(number),
            number,
            tuple(self.source.compile(test, unary=True) for test in tests),
            tuple(self.source.compile(result) for result in results),
            self._note(element),
        )

    def _note(self, element: etree._Element) -> str:
        """What the author wrote beside the rule, line by line."""
        lines = [self.source.text(note) for note in self.source.children(element, "annotationEntry")]
        lines += ["".join(str(t) for t in e.itertext()).strip() for e in self.source.children(element, "description")]
        return "\n".join(line for line in lines if line)

    def check(self, table: Table) -> None:
        """Hit policy and aggregation fit the table."""
        names = [output.name for output in table.outputs]
        if len(set(names)) < len(names):
            self.source.refuse(self.element, "dmn.table.name_twice")
        if table.policy not in POLICIES:
            self.source.refuse(self.element, "dmn.table.policy", policy=table.policy, known="、".join(POLICIES))
        if table.aggregation and (table.policy != "COLLECT" or table.aggregation not in AGGREGATIONS):
            self.source.refuse(self.element, "dmn.table.aggregation", aggregation=table.aggregation)
        if table.aggregation and len(table.outputs) > 1:
            self.source.refuse(self.element, "dmn.table.aggregation_outputs")
        if table.policy in ("PRIORITY", "OUTPUT ORDER") and not any(output.order for output in table.outputs):
            self.source.refuse(self.element, "dmn.table.no_order", policy=table.policy)
