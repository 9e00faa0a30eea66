"""Whatever is submitted: the check answers, never raises, and what it lets through passes again and comes out the same."""

from datetime import date
from decimal import Decimal
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from service.engine import codec, forms
from tests.engine.forms.small import AT, YES_NO, deployed, field, form, group, rows

SELECT = {"values": [*YES_NO, {"label": "三", "value": 3}]}
FORM = deployed(
    form(
        field("textfield", "title", validate={"required": True, "maxLength": 5}),
        field("select", "choice", **SELECT),
        field("taglist", "some", valuesExpression="=for o in options return o.name", conditional={"hide": '=choice = "agree"'}),
        field("number", "n", decimalDigits=1, validate={"min": 0, "max": "=most"}),
        field("number", "t", serializeToString=True, readonly='=choice = "refuse"'),
        field("checkbox", "box"),
        field("datetime", "day", subtype="date", readonly=True),
        field("datetime", "when", subtype="datetime"),
        field("filepicker", "file", multiple=True),
        field("expression", "sum", expression="=if n = null then 0 else n + count(own)"),
        group("seal", field("textfield", "name"), field("checkbox", "made", conditional={"hide": "=box"})),
        rows("items", field("textfield", "item_id", readonly=True), field("radio", "ruling", **SELECT),
             field("textfield", "note", conditional={"hide": "=this.ruling = null"})),
        rows("own", field("datetime", "on", subtype="date"), rows("deep", field("number", "m"), allowAddRemove=True),
             allowAddRemove=True),
    )
)  # fmt: skip
CURRENT = {
    "options": [{"name": "甲"}, {"name": "乙"}], "most": Decimal("9.5"), "day": date(2022, 11, 1), "t": "1.0",
    "items": [{"item_id": "x1", "department_id": "d", "since": date(2021, 1, 1)}, {"item_id": "x2"}],
    "seal": {"filed": "f1"}, "secret": "not in the form",
}  # fmt: skip

NAMES = [
    "title",
    "choice",
    "some",
    "n",
    "t",
    "box",
    "day",
    "when",
    "file",
    "sum",
    "seal",
    "items",
    "own",
    "secret",
    "__class__",
]
INNER = ["name", "made", "filed", "item_id", "ruling", "note", "department_id", "on", "deep", "m", "since", "_x"]
LEAVES = st.one_of(
    st.none(), st.booleans(), st.integers(), st.floats(allow_nan=True), st.text(max_size=8), st.binary(max_size=2),
    st.sampled_from(["agree", "refuse", 3, "甲", "x1", "x2", "2022-11-01", "2022-11-01T09:30", "9.5", "f1", 4.5, date(2022, 11, 1)]),
)  # fmt: skip
VALUES = st.recursive(
    LEAVES,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(INNER), inner, max_size=4),
    max_leaves=12,
)
NEARLY = st.fixed_dictionaries(
    {"title": st.sampled_from(["标题", "", "太长的标题"]), "items": st.lists(st.fixed_dictionaries(
        {}, optional={"item_id": st.sampled_from(["x1", "x2"]), "ruling": st.sampled_from(["agree", None, 3]),
                      "note": st.sampled_from(["", "说明", None])}), min_size=2, max_size=2)},
    optional={
        "choice": st.sampled_from(["agree", "refuse", 3, None, ""]), "some": st.sampled_from([[], ["甲"], ["乙", "甲"]]),
        "n": st.sampled_from([0, 9.5, 4.5, None, ""]), "t": st.sampled_from(["1.0", 2, "", None]), "box": st.booleans(),
        "day": st.sampled_from(["2022-11-01", None, date(2022, 11, 1)]), "when": st.sampled_from(["2022-11-01T09:30", None]),
        "file": st.sampled_from([[], "f1", ["f1", "f2"]]), "sum": st.integers(),
        "seal": st.fixed_dictionaries({}, optional={"name": st.text(max_size=3), "made": st.booleans(), "filed": st.just("f1")}),
        "own": st.lists(st.fixed_dictionaries({}, optional={
            "on": st.sampled_from(["2022-02-28", ""]), "deep": st.lists(st.just({"m": 1.5}) | st.just({}), max_size=2)}), max_size=2),
    },
)  # fmt: skip


@given(st.dictionaries(st.sampled_from(NAMES) | st.text(max_size=5), VALUES, max_size=8), VALUES)
@settings(max_examples=120, deadline=None)
def test_it_answers_whatever_is_submitted(data: dict[str, Any], variable: Any) -> None:
    current = CURRENT | {"items": variable, "t": variable, "options": variable}
    for variables in (CURRENT, current):
        found = forms.check(FORM, data, current=variables, at=AT)
        assert bool(found.faults) is not bool(found.data)
        for fault in found.faults:
            assert fault.code
            assert fault.message.encode()
            assert str(fault.where).encode()


@given(NEARLY)
@settings(max_examples=120, deadline=None)
def test_it_lets_through_what_passes_again_and_can_be_kept(data: dict[str, Any]) -> None:
    found = forms.check(FORM, data, current=CURRENT, at=AT)
    if found.faults:
        assert found.data == {}
        return
    again = forms.check(FORM, found.data, current=CURRENT, at=AT)
    assert again.faults == ()
    assert again.data == found.data
    assert codec.decode(codec.encode(found.data)) == found.data
    assert found.data["items"][0]["since"] == date(2021, 1, 1)
    assert "secret" not in found.data


def test_it_finds_good_and_bad_ones_among_the_nearly_good() -> None:
    """So that the property above is not empty: one sample of each."""
    good = {"title": "标题", "items": [{"ruling": "agree", "note": "说明"}, {}]}
    assert not forms.check(FORM, good, current=CURRENT, at=AT).faults
    assert forms.check(FORM, good | {"n": 9.6}, current=CURRENT, at=AT).faults
