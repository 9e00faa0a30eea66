"""Rule ``handlers``: the machine's work is done by a file of ``handlers/``."""

import pytest

from tests.engine.diagram import end, node, path, problems, start


def texts(kind: str, **attributes: str) -> list[str]:
    parts = (start(), node(kind, "job", **attributes), end(), path("start", "job", "end"))
    return [p.message for p in problems(*parts, rule="handlers")]


@pytest.mark.parametrize("kind", ["serviceTask", "sendTask"])
def test_it_wants_a_handler_that_exists(kind: str) -> None:
    assert texts(kind, oneseal__handler="echo", oneseal__retries="5") == []
    assert texts(kind, oneseal__handler="ecco") == ["没有名为“ecco”的处理程序；现有：check, echo。"]
    assert len(texts(kind)) == 1
    assert len(texts(kind, oneseal__handler="../echo")) == 1


@pytest.mark.parametrize("retries", ["0", "-1", "51", "many", "1.0", "３"])
def test_it_refuses_numbers_of_tries_that_cannot_be(retries: str) -> None:
    assert texts("serviceTask", oneseal__handler="echo", oneseal__retries=retries) == [
        f"重试次数“{retries}”不对：应为1到50的整数。"
    ]
