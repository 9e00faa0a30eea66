"""Rule ``multi_instance``: over which list, by which name, into which list."""

import pytest

from tests.engine.diagram import again, each, end, node, path, problems, start, task, user


def texts(activity: str) -> list[str]:
    parts = (start(), activity, end(), path("start", "a", "end"))
    return [p.message for p in problems(*parts, rule="multi_instance")]


def marked(**attributes: str) -> str:
    given = "".join(f' {name.replace("__", ":")}="{value}"' for name, value in attributes.items())
    return f"<multiInstanceLoopCharacteristics{given}/>"


def test_it_accepts_lists_with_and_without_results() -> None:
    assert texts(user("a", each())) == []
    assert texts(task("a").replace("></task>", f">{each(output='= item')}</task>")) == []


def test_it_wants_a_list() -> None:
    told = ["多实例须用 camunda:collection 写明清单，或用 loopCardinality 写明个数，二者只写一个。"]
    assert texts(user("a", marked(camunda__elementVariable="x"))) == told
    many = "<loopCardinality>= count</loopCardinality>"
    assert texts(user("a", f"<multiInstanceLoopCharacteristics>{many}</multiInstanceLoopCharacteristics>")) == []
    both = each().replace("></multi", f">{many}</multi")
    assert texts(user("a", both)) == told


def test_it_is_no_loop_besides() -> None:
    assert texts(user("a", each(), again("= x"))) == ["一个环节不能既是多实例又是循环。"]


def test_it_wants_both_halves_of_a_result() -> None:
    text = "oneseal:outputCollection 与 oneseal:outputElement 须同时给出。"
    assert texts(user("a", marked(camunda__collection="= x", oneseal__outputCollection="r"))) == [text]
    assert texts(user("a", marked(camunda__collection="= x", oneseal__outputElement="= y"))) == [text]


@pytest.mark.parametrize("name", ["two words", "_hidden", "1st", "__class__"])
def test_it_refuses_names_that_are_none(name: str) -> None:
    assert texts(user("a", marked(camunda__collection="= x", camunda__elementVariable=name))) == [
        f"变量名“{name}”不合法。"
    ]


def test_it_refuses_them_on_gateways_and_events() -> None:
    assert texts(node("exclusiveGateway", "a", each())) == ["这里不能设多实例。"]
