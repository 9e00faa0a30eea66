"""The chain: honest histories never break, every tampering breaks at the event it touched."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.domain.history import FIRST_PREV, SealedEvent, canonical, first_break, leaf, payload_hash, seal

CHAIN = "case/a1"
SALT = "00" * 16
facts = st.dictionaries(st.text("abcdef", min_size=1, max_size=5), st.integers() | st.text('甲乙丙"\\', max_size=5))


def _chain(contents: list[dict[str, object]]) -> list[SealedEvent]:
    events: list[SealedEvent] = []
    for content in contents:
        prev = events[-1].hash if events else FIRST_PREV
        events.append(
            seal(
                chain=CHAIN,
                seq=len(events) + 1,
                prev=prev,
                salt=SALT,
                facts={"x": content},
                personal={"name": "某人（虚构）", **content},
            )
        )
    return events


@given(st.lists(facts, max_size=8))
def test_an_honest_history_never_breaks(contents: list[dict[str, object]]) -> None:
    events = _chain(contents)
    head = events[-1].hash if events else None
    assert first_break(events, chain=CHAIN, head_seq=len(events), head_hash=head) is None


@given(st.lists(facts, min_size=1, max_size=8), st.data())
def test_a_changed_byte_breaks_at_its_event(contents: list[dict[str, object]], data: st.DataObject) -> None:
    events = _chain(contents)
    at = data.draw(st.integers(0, len(events) - 1))
    place = data.draw(st.integers(0, len(events[at].body) - 1))
    body = events[at].body
    forged = body[:place] + chr(ord(body[place]) ^ 1) + body[place + 1 :]
    events[at] = replace(events[at], body=forged)
    broken = first_break(events, chain=CHAIN)
    assert broken
    assert (broken.seq, broken.what) == (at + 1, "hash")


@given(st.lists(facts, min_size=2, max_size=8), st.data())
def test_a_removed_event_breaks_where_it_was(contents: list[dict[str, object]], data: st.DataObject) -> None:
    events = _chain(contents)
    at = data.draw(st.integers(0, len(events) - 2))
    del events[at]
    broken = first_break(events, chain=CHAIN)
    assert broken
    assert (broken.seq, broken.what) == (at + 1, "seq")


def test_a_cut_off_tail_shows_against_the_head() -> None:
    events = _chain([{"n": 1}, {"n": 2}, {"n": 3}])
    broken = first_break(events[:2], chain=CHAIN, head_seq=3, head_hash=events[2].hash)
    assert broken
    assert (broken.seq, broken.what) == (3, "head")


def test_a_rewritten_chain_shows_against_the_head() -> None:
    honest, forged = _chain([{"n": 1}, {"n": 2}]), _chain([{"n": 1}, {"n": 9}])
    broken = first_break(forged, chain=CHAIN, head_seq=2, head_hash=honest[1].hash)
    assert broken
    assert broken.what == "head"


def test_two_swapped_events_break_at_the_first() -> None:
    events = _chain([{"n": 1}, {"n": 2}, {"n": 3}])
    events[0], events[1] = events[1], events[0]
    broken = first_break(events, chain=CHAIN)
    assert broken
    assert broken.seq == 1


def test_a_chain_moved_to_another_case_breaks() -> None:
    broken = first_break(_chain([{"n": 1}]), chain="case/b2")
    assert broken
    assert broken.what == "seq"


def test_a_changed_personal_value_breaks_at_its_event() -> None:
    events = _chain([{"n": 1}, {"n": 2}])
    assert events[1].payload
    events[1] = replace(events[1], payload=events[1].payload.replace("某人", "他人"))
    broken = first_break(events, chain=CHAIN)
    assert broken
    assert (broken.seq, broken.what) == (2, "payload")


def test_a_lawful_erasure_leaves_the_chain_whole_and_an_unmarked_one_does_not() -> None:
    events = _chain([{"n": 1}, {"n": 2}])
    erased = replace(events[0], salt="", payload=None, erased=True)
    assert first_break([erased, events[1]], chain=CHAIN) is None
    assert first_break([replace(erased, erased=False), events[1]], chain=CHAIN) is not None


def test_the_leaf_is_the_rfc_6962_leaf_hash_of_the_body() -> None:
    assert leaf("") == "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d"  # RFC 6962 empty leaf


def test_the_same_text_has_another_hash_under_another_salt() -> None:
    assert payload_hash("00" * 16, "{}") != payload_hash("01" * 16, "{}")


@pytest.mark.parametrize(
    ("value", "why"), [(float("nan"), "JSON compliant"), (float("inf"), "JSON compliant"), ({"a": "x\x00y"}, "NUL")]
)
def test_it_refuses_what_cannot_be_sealed(value: object, why: str) -> None:
    with pytest.raises(ValueError, match=why):
        canonical(value)
