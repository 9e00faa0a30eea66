"""Bytes to decisions, or all that is wrong with them, each with its place."""

from pathlib import Path

import pytest

from service.engine import dmn
from service.engine.dmn.vocabulary import NAMESPACES
from tests.engine.dmn.tables import AT, decision, file, input_of, literal, output_of, problems_of, table

GOOD = decision("verdict", table("FIRST", [(["< 5"], ['"a"'])]))


@pytest.mark.parametrize("namespace", sorted(NAMESPACES))
def test_it_reads_every_version_of_the_standard(namespace: str) -> None:
    found, problems = dmn.read_decisions(file(GOOD, namespace=namespace), "x.dmn")
    assert problems == ()
    assert dmn.evaluate(found["verdict"], {"x": 1}, at=AT).value == "a"


def test_it_reads_any_prefix() -> None:
    prefixed = file(GOOD).decode().replace("xmlns=", "xmlns:dmn=")
    for tag in (
        "definitions",
        "decisionTable",
        "decision",
        "inputExpression",
        "inputEntry",
        "input",
        "outputEntry",
        "output",
        "rule",
        "text",
    ):
        prefixed = (
            prefixed.replace(f"<{tag} ", f"<dmn:{tag} ")
            .replace(f"<{tag}>", f"<dmn:{tag}>")
            .replace(f"</{tag}>", f"</dmn:{tag}>")
        )
    found, problems = dmn.read_decisions(prefixed.encode(), "x.dmn")
    assert problems == ()
    assert dmn.evaluate(found["verdict"], {"x": 1}, at=AT).value == "a"


def test_it_takes_what_only_tells_people_something() -> None:
    told = (
        '<knowledgeSource id="k" name="云政办〔2022〕28号" />', '<textAnnotation id="a"><text>注</text></textAnnotation>',
        GOOD.replace("<decisionTable", "<description>说明</description><question>适格吗？</question><decisionTable")
        .replace("</rule>", "<annotationEntry><text>注</text></annotationEntry></rule>"),
        '<DMNDI xmlns="https://www.omg.org/spec/DMN/20191111/DMNDI/"><DMNDiagram /></DMNDI>',
    )  # fmt: skip
    modeler = ' xmlns:camunda="http://camunda.org/schema/1.0/dmn" xmlns:m="http://camunda.org/schema/modeler/1.0" m:executionPlatform="Camunda"'
    assert (
        problems_of(
            file(*told, attributes=modeler).replace(b"<decision id", b'<decision camunda:historyTimeToLive="P1D" id')
        )
        == ()
    )


def test_it_tells_the_place_of_every_problem_at_once() -> None:
    content = "\n".join(
        [
            '<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" name="d" namespace="urn:test">',
            '  <decision id="first" name="第一个">',
            '    <decisionTable id="t1" hitPolicy="SOMETIMES">',
            '      <input id="i1"><inputExpression id="e1"><text>x +</text></inputExpression></input>',
            '      <output id="o1" name="out" typeRef="nonsense" />',
            '      <rule id="r1">',
            '        <inputEntry id="c1"><text>&lt; </text></inputEntry>',
            "        <outputEntry><text>'a'</text></outputEntry>",
            "      </rule>",
            "    </decisionTable>",
            "  </decision>",
            '  <decision id="second" name="第二个" />',
            "</definitions>",
        ]
    )
    problems = problems_of(content.encode())
    assert {(p.element, p.name, p.line, p.column, p.message) for p in problems} == {
        (
            "t1",
            "",
            3,
            5,
            "命中策略“SOMETIMES”不对，只能是：UNIQUE、FIRST、ANY、PRIORITY、COLLECT、RULE ORDER、OUTPUT ORDER。",
        ),
        ("e1", "", 4, 22, "表达式“x +”第4列有误：第4列应为值或名称，实为“表达式结尾”。"),
        ("o1", "out", 5, 7, "没有名为“nonsense”的类型。"),
        ("c1", "", 7, 9, "表达式“<”第2列有误：第2列应为值或名称，实为“表达式结尾”。"),
        ("r1", "", 8, 1, "表达式“'a'”第1列有误：第1列应为值或名称，实为“'”。"),
        ("second", "第二个", 12, 3, "决策“第二个”没有决策表，也没有表达式。"),
    }
    assert {(p.rule, p.file) for p in problems} == {("dmn", "bad.dmn")}


BKM = '<businessKnowledgeModel id="b" name="b"><encapsulatedLogic /></businessKnowledgeModel>'
CAMUNDA = ' xmlns:camunda="http://camunda.org/schema/1.0/dmn"'


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (file(GOOD, BKM), "“definitions”中的“businessKnowledgeModel”目前不能执行，不予部署。"),
        (file(GOOD, '<decisionService id="s" name="s" />'), "“definitions”中的“decisionService”目前不能执行，不予部署。"),
        (file(GOOD, '<import name="x" namespace="urn:x" importType="x" />'), "“definitions”中的“import”目前不能执行，不予部署。"),
        (file(decision("a", "<context><contextEntry /></context>")), "“decision”中的“context”目前不能执行，不予部署。"),
        (file(decision("a", "<invocation />")), "“decision”中的“invocation”目前不能执行，不予部署。"),
        (file(decision("a", "<knowledgeRequirement />" + literal("1"))), "“decision”中的“knowledgeRequirement”目前不能执行，不予部署。"),
        (file(GOOD.replace("<rule ", "<rule surprise='1' ")), "“rule”的属性“surprise”没有含义，不会被执行，请删除。"),
        (file(GOOD.replace("<input ", "<input camunda:inputVariable='v' "), attributes=CAMUNDA), "“input”的属性“inputVariable”没有含义，不会被执行，请删除。"),
        (file(GOOD.replace("<inputExpression", "<inputExpression expressionLanguage='juel'")), "表达式语言“juel”不能执行，只能用FEEL。"),
        (file(GOOD, attributes=' expressionLanguage="python"'), "表达式语言“python”不能执行，只能用FEEL。"),
        (file(GOOD.replace("</input>", "<importedValues /></input>")), "“input”中的“importedValues”目前不能执行，不予部署。"),
        (file(GOOD, GOOD.replace("verdict", "other").replace('"t"', '"verdict"')), "编号“verdict”重复。"),
        (file(GOOD.replace('id="verdict" ', "")), "“decision”没有编号或名称。"),
        (file(GOOD.replace("<inputEntry><text>&lt; 5</text></inputEntry>", "")), "第1条规则的单元格数与列数不符，应有1个输入、1个输出。"),
        (file(decision("a", table("FIRST", [], inputs=[input_of("")]))), "输入列没有表达式。"),
        (file(decision("a", table("FIRST", [(["-"], [])]).replace(output_of("out"), ""))), "决策表没有输出列。"),
        (file(decision("a", table("FIRST", [(["-"], ["1", "2"])], outputs=[output_of(""), output_of("b")]))), "有多个输出列时，每列都须有名称。"),
        (file(decision("a", table("FIRST", [(["-"], ["1", "2"])], outputs=[output_of("b"), output_of("b")]))), "输出列的名称重复。"),
        (file(decision("a", "<literalExpression><text> </text></literalExpression>")), "决策“a”没有决策表，也没有表达式。"),
        (file(decision("a", table("FIRST", [([f"{n}"], ["1"]) for n in range(2001)]))), "决策表过大：规则不超过2000条，列不超过60列，单元格不超过20000个。"),
        (file(*(decision(f"d{n}", literal("1")) for n in range(201))), "共201个决策，超过上限200个。"),
        (file(decision("a", literal("x.__class__()("))), "表达式“x.__class__()(”第15列有误：第15列应为值或名称，实为“表达式结尾”。"),
    ],
)  # fmt: skip
def test_it_refuses(content: bytes, message: str) -> None:
    assert message in [problem.message for problem in problems_of(content)]


@pytest.mark.parametrize(
    "content",
    [
        b"", b"not xml", b"<definitions/>", b"<a><b></a>", b"\xff\xfe", file(GOOD, namespace="https://www.omg.org/spec/BPMN/20100524/MODEL"),
        b'<!DOCTYPE d [<!ENTITY x "y">]>' + file(GOOD), file("<x>" * 200 + "</x>" * 200), file(" " * 2_100_000),
        file(GOOD).replace(b"definitions", b"decision"),
    ],
)  # fmt: skip
def test_it_refuses_what_is_no_decision_file_at_all(content: bytes) -> None:
    found, problems = dmn.read_decisions(content, "bad.dmn")
    assert found == {}
    assert len(problems) == 1
    assert problems[0].message
    assert problems[0].file == "bad.dmn"


@pytest.mark.parametrize(
    "logic", [literal("1 +"), table("FIRST", [(["< "], ["1"]), (["-"], ["2"])]), table("FIRST", [(["-"], ["1 +"])])]
)
def test_a_decision_with_a_problem_never_runs(logic: str) -> None:
    found, problems = dmn.read_decisions(file(decision("verdict", logic)), "bad.dmn")
    assert problems
    with pytest.raises(dmn.DmnError, match="没有通过检查"):
        dmn.evaluate(found["verdict"], {"x": 1}, at=AT)


def test_it_reads_the_shipped_tables_without_a_problem() -> None:
    files = sorted((Path(__file__).parents[3] / "bpmn").rglob("*.dmn"))
    assert files
    for path in files:
        assert dmn.read_decisions(path.read_bytes(), path.name)[1] == ()
