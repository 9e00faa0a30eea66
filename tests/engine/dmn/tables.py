"""DMN files for tests, written short."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any
from xml.sax.saxutils import escape, quoteattr

import pytest

from service.engine import dmn
from service.engine.model import Problem

AT = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
DMN_13 = "https://www.omg.org/spec/DMN/20191111/MODEL/"


def text(tag: str, source: str, attributes: str = "") -> str:
    return f"<{tag}{attributes}><text>{escape(source)}</text></{tag}>" if source else ""


def input_of(expression: str, type: str = "", allowed: str = "") -> str:
    reference = f' typeRef="{type}"' if type else ""
    return f"<input label={quoteattr(expression)}>{text('inputExpression', expression, reference)}{text('inputValues', allowed)}</input>"


def output_of(name: str, type: str = "", allowed: str = "", default: str = "") -> str:
    reference = f' typeRef="{type}"' if type else ""
    inside = text("outputValues", allowed) + text("defaultOutputEntry", default)
    return f"<output name={quoteattr(name)}{reference}>{inside}</output>"


def rule_of(number: int, tests: Sequence[str], results: Sequence[str]) -> str:
    cells = [f"<inputEntry><text>{escape(test)}</text></inputEntry>" for test in tests]
    cells += [f"<outputEntry><text>{escape(result)}</text></outputEntry>" for result in results]
    return f'<rule id="r{number}">{"".join(cells)}</rule>'


def table(
    policy: str,
    rules: Sequence[tuple[Sequence[str], Sequence[str]]],
    *,
    inputs: Sequence[str] = (),
    outputs: Sequence[str] = (),
) -> str:
    """A decision table; ``policy`` may be followed by an aggregation: ``COLLECT SUM``."""
    name, _, aggregation = policy.partition("+")
    more = f' aggregation="{aggregation}"' if aggregation else ""
    rows = "".join(rule_of(number, *rule) for number, rule in enumerate(rules, 1))
    columns = "".join(inputs or [input_of("x")]) + "".join(outputs or [output_of("out")])
    return f'<decisionTable id="t" hitPolicy="{name}"{more}>{columns}{rows}</decisionTable>'


def decision(id: str, logic: str, *, needs: Sequence[str] = (), type: str = "") -> str:
    """``needs``: ids of decisions, or of input data when they begin with ``in_``."""
    required = "".join(
        f'<informationRequirement><required{"Input" if need.startswith("in_") else "Decision"} href="#{need}" /></informationRequirement>'
        for need in needs
    )
    variable = f'<variable name="{id}" typeRef="{type}" />' if type else ""
    return f'<decision id="{id}" name="{id}">{variable}{required}{logic}</decision>'


def literal(source: str) -> str:
    return text("literalExpression", source)


def file(*parts: str, namespace: str = DMN_13, attributes: str = "") -> bytes:
    inside = "\n".join(parts)
    return f'<definitions xmlns="{namespace}" id="d" name="d" namespace="urn:test"{attributes}>\n{inside}\n</definitions>'.encode()


def read(*parts: str) -> dict[str, dmn.Decision]:
    """The decisions of a file that must be without problems."""
    found, problems = dmn.read_decisions(file(*parts), "test.dmn")
    assert problems == ()
    return found


def decide(logic: str, *more: str, strict: bool = True, **variables: Any) -> dmn.DecisionResult:
    """The result of one decision called ``verdict``."""
    return dmn.evaluate(read(decision("verdict", logic), *more)["verdict"], variables, at=AT, strict=strict)


def refusal(logic: str, *more: str, **variables: Any) -> str:
    """The message of the error that it must end in; lenient, it is null."""
    with pytest.raises(dmn.DmnError) as caught:
        decide(logic, *more, **variables)
    assert "“verdict”（verdict）" in str(caught.value)
    assert decide(logic, *more, strict=False, **variables).value is None
    return str(caught.value)


def problems_of(content: bytes) -> tuple[Problem, ...]:
    return dmn.read_decisions(content, "bad.dmn")[1]
