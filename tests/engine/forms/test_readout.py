"""A form in words."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from service.engine import forms
from tests.engine.forms.good import GOOD
from tests.engine.forms.test_shipped_forms import PATHS, shipped_form

AT = datetime(2022, 11, 23, 1, 0, tzinfo=UTC)


def told(*components: dict[str, Any], **values: Any) -> dict[str, str]:
    form = {"type": "default", "id": "f", "components": list(components)}
    return {line.label: line.text for line in forms.read_out(form, values, at=AT)}


def test_values_stand_in_the_words_of_the_form() -> None:
    options = [{"label": "同意", "value": "agree"}, {"label": "不同意", "value": "refuse"}]
    found = told(
        {"type": "radio", "key": "a", "label": "结论", "values": options},
        {"type": "checklist", "key": "b", "label": "要点", "values": options},
        {"type": "select", "key": "c", "label": "事项", "valuesKey": "register_items"},
        {"type": "checkbox", "key": "d", "label": "已核"},
        {"type": "datetime", "key": "e", "dateLabel": "日期", "subtype": "date"},
        {"type": "number", "key": "f", "label": "数量"},
        {"type": "textarea", "key": "g", "label": "说明"},
        a="agree", b=["agree", "refuse"], c="x", d=True, e=date(2022, 10, 1), f=Decimal("1.50"), g=None,
        register_items=[{"value": "x", "label": "生育登记"}],
    )  # fmt: skip
    assert found == {
        "结论": "同意", "要点": "同意、不同意", "事项": "生育登记", "已核": "是", "日期": "2022-10-01", "数量": "1.50",
        "说明": "",
    }  # fmt: skip


def test_what_a_condition_hides_is_left_out() -> None:
    hidden = {"type": "textfield", "key": "b", "label": "止", "conditional": {"hide": '=a = "long"'}}
    assert "止" not in told(hidden, a="long", b="x")
    assert told(hidden, a="fixed", b="x")["止"] == "x"


def test_lists_and_tables_are_rows_and_empty_columns_go() -> None:
    inner = [{"type": "textfield", "key": k, "label": k} for k in ("x", "y")]
    form = {
        "components": [
            {"type": "dynamiclist", "path": "rows", "label": "清单", "components": inner},
            {"type": "table", "label": "表", "dataSource": '=for r in rows return {n: r.x + "!"}', "columns": [{"key": "n", "label": "名"}]},
        ]
    }  # fmt: skip
    list_, table = forms.read_out(form, {"rows": [{"x": "1", "y": ""}, {"x": "2"}]}, at=AT)
    assert (list_.columns, list_.rows) == (("x",), (("1",), ("2",)))
    assert (table.columns, table.rows) == (("名",), (("1!",), ("2!",)))


def test_files_have_names_and_the_forms_own_words_are_filled() -> None:
    form = {
        "components": [
            {"type": "filepicker", "key": "f", "label": "附件", "multiple": True},
            {"type": "text", "text": "**意见：** {{said}}"},
        ]
    }
    files, text = forms.read_out(form, {"f": ["1", "2"], "said": "同意"}, at=AT, file_names={"1": "甲.pdf"})
    assert (files.text, text.label, text.text) == ("甲.pdf、2", "", "意见： 同意")


def test_every_shipped_form_can_be_told_filled_and_empty() -> None:
    for id in PATHS:
        variables, filled = GOOD[id]
        assert forms.read_out(shipped_form(id), variables | filled, at=AT)
        assert forms.read_out(shipped_form(id), {}, at=AT)
