"""Tables nobody would draw, over variables nobody would give: only a result or a DmnError comes out."""

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from service.engine import dmn
from tests.engine.dmn.tables import AT, decision, file, input_of, output_of, table
from tests.engine.feel.test_generated_expressions import EXPRESSIONS, LITERALS, VALUES
from tests.engine.feel.test_withstanding_attacks import plain

CELLS = st.sampled_from(["-", "< 5", "[1..5]", '"a", "b"', "not(null)", "true", "? = x", *LITERALS])
POLICIES = [
    "UNIQUE",
    "FIRST",
    "ANY",
    "PRIORITY",
    "COLLECT",
    "COLLECT+SUM",
    "COLLECT+MIN",
    "COLLECT+COUNT",
    "RULE ORDER",
    "OUTPUT ORDER",
]
TYPES = ["", "number", "string", "list", "context", "date"]


@settings(max_examples=40, deadline=None)
@given(
    st.sampled_from(POLICIES),
    st.lists(st.tuples(CELLS, EXPRESSIONS), max_size=4),
    st.sampled_from(TYPES),
    st.sampled_from(TYPES),
    VALUES,
)
def test_it_gives_a_result_or_a_dmn_error(
    policy: str, rules: list[tuple[str, str]], input: str, output: str, x: Any
) -> None:
    outputs = [output_of("out", output, allowed='1, "a", null, [1..9]')]
    logic = table(
        policy, [([test], [result]) for test, result in rules], inputs=[input_of("x", input)], outputs=outputs
    )
    found, problems = dmn.read_decisions(file(decision("verdict", logic)), "x.dmn")
    for strict in (True, False):
        try:
            result = dmn.evaluate(found["verdict"], {"x": x}, at=AT, strict=strict)
        except dmn.DmnError as error:
            result = None
            message = str(error)
        assert (plain(result.value) and not problems) if result else "“verdict”（verdict）" in message


@settings(max_examples=60, deadline=None)
@given(
    st.binary(max_size=200)
    | st.text(max_size=200).map(str.encode)
    | st.text(max_size=100).map(lambda t: file(decision("a", t)))
)
def test_it_reads_any_bytes_or_says_why_not(content: bytes) -> None:
    _, problems = dmn.read_decisions(content, "x.dmn")
    assert problems
    assert all(problem.message and problem.file == "x.dmn" for problem in problems)
