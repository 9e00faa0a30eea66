"""Rule ``messages``: whoever waits for a message or throws one says by which key."""

import pytest

from tests.engine.diagram import boundary, catch, end, message, node, path, problems, signal, start, throw, timer, user

KEY = {"oneseal__correlationKey": "= case_id"}


def texts(*parts: str) -> list[str]:
    return [p.message for p in problems(*parts, rule="messages")]


def test_it_wants_a_key_of_everyone_who_waits() -> None:
    for given, expected in ((KEY, 0), ({}, 1)):
        catching = catch("m", message(), **given)
        assert len(texts(start(), catching, end(), path("start", "m", "end"))) == expected
        receiving = node("receiveTask", "m", messageRef="message_news", **given)
        assert len(texts(start(), receiving, end(), path("start", "m", "end"))) == expected
        host = user("a") + boundary("m", "a", message(), **given)
        assert len(texts(start(), host, end(), path("start", "a", "end"), path("m", "end"))) == expected


def test_it_takes_the_key_from_the_definition_too() -> None:
    inside = message().replace("/>", ' oneseal:correlationKey="= case_id"/>')
    assert texts(start(), catch("m", inside), end(), path("start", "m", "end")) == []


def test_it_wants_a_name_of_a_receive_task() -> None:
    assert len(texts(start(), node("receiveTask", "m", **KEY), end(), path("start", "m", "end"))) == 1


def test_it_wants_a_key_of_everyone_who_throws() -> None:
    for given, expected in ((KEY, 0), ({}, 1)):
        assert len(texts(start(), throw("t", message(), **given), end(), path("start", "t", "end"))) == expected
        assert len(texts(start(), end("t", message(), **given), path("start", "t"))) == expected
    assert texts(start(), throw("t", signal()), end(), path("start", "t", "end")) == []


def test_it_lets_starts_go_without() -> None:
    gate = node("exclusiveGateway", "x")
    assert texts(start(), start("s2", message()), gate, end(), path("start", "x", "end"), path("s2", "x")) == []


@pytest.mark.parametrize(
    ("senders", "faults"),
    [
        ("initiator", 0),
        ("initiator, center_director@center", 0),
        ("mayor@center", 1),
        ("center_director@moon,center_director", 2),
    ],
)
def test_it_wants_senders_that_exist(senders: str, faults: int) -> None:
    given = KEY | {"oneseal__senders": senders}
    assert len(texts(start(), catch("m", message(), **given), end(), path("start", "m", "end"))) == faults


def test_it_wants_senders_only_where_a_message_is_waited_for() -> None:
    waits = catch("m", timer("P1D"), oneseal__senders="initiator")
    assert len(texts(start(), waits, end(), path("start", "m", "end"))) == 1
