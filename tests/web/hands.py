"""Hands that fill in a form as a clerk does: they find each field where the form shows it, and use nothing but the mouse and the keyboard."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from playwright.sync_api import Locator, Page, expect

Component = Mapping[str, Any]
Row = Mapping[str, Any]


class Hands:
    """``fill`` writes ``data`` into the form of the task on the page. ``folder``: where files to choose are kept."""

    def __init__(self, page: Page, task: Row, folder: Path) -> None:
        self.page, self.schema, self.given, self.folder = page, task["form_schema"], task["input"], folder

    def fill(self, data: Row) -> None:
        for component in self.schema["components"]:
            self._component(component, data, ())

    def field(self, component: Component, rows: tuple[int, ...] = ()) -> Locator:
        """The control of a field; ``rows``: its place in the lists around it."""
        tail = "_".join([str(component["id"]), *map(str, rows)])
        return self.page.locator(f'#form [id^="fjs-form-"][id$="-{tail}"]')

    def _component(self, component: Component, data: Row, rows: tuple[int, ...]) -> None:
        name = component.get("path") if component["type"] == "dynamiclist" else component.get("key")
        if not name or component.get("readonly") or data.get(name) in (None, "", []):
            return
        if component["type"] == "dynamiclist":
            self._rows(component, data[name], rows)
        else:
            _HANDS[component["type"]](self, component, data[name], rows)

    def _rows(self, component: Component, wanted: list[Row], rows: tuple[int, ...]) -> None:
        first = next(c for c in component["components"] if c.get("key"))
        for n, row in enumerate(wanted):
            if not self._stands(first, (*rows, n)):
                self._adder(component, rows).click()
                expect(self.field(first, (*rows, n)).first).to_be_attached()
            for inner in component["components"]:
                self._component(inner, row, (*rows, n))

    def _stands(self, component: Component, rows: tuple[int, ...]) -> bool:
        return self.field(component, rows).count() > 0

    def _adder(self, component: Component, rows: tuple[int, ...]) -> Locator:
        """The list's own 添加一行: the last one inside it, for lists inside it have theirs before."""
        tail = "_".join([str(component["id"]), *map(str, rows)])
        around = self.page.locator(f'#form [role="group"][aria-labelledby$="-{tail}"]')
        return around.get_by_role("button", name="添加一行").last

    def _text(self, component: Component, value: Any, rows: tuple[int, ...]) -> None:
        self.field(component, rows).fill(str(value))

    def _choose(self, component: Component, value: Any, rows: tuple[int, ...]) -> None:
        field, label = self.field(component, rows), self._label(component, value)
        if component.get("searchable"):
            field.fill(label[:6])
            self.page.locator("#form .fjs-dropdownlist-item").get_by_text(label, exact=True).click()
        else:
            field.select_option(label=label)

    def _label(self, component: Component, value: Any) -> str:
        """What a person sees for this value."""
        if "valuesExpression" in component:  # the batch's items by name
            return next(str(i["name"]) for i in self.given["items"] if i["item_id"] == value)
        options = component.get("values") or self.given[component["valuesKey"]]
        return next(str(o["label"]) for o in options if o["value"] == value)

    def _radio(self, component: Component, value: Any, rows: tuple[int, ...]) -> None:
        (n,) = [n for n, o in enumerate(component["values"]) if o["value"] == value]
        tail = "_".join([str(component["id"]), *map(str, rows)])
        self.page.locator(f'#form [id^="fjs-form-"][id$="-{tail}-{n}"]').check()

    def _checklist(self, component: Component, value: Any, rows: tuple[int, ...]) -> None:
        for one in value:
            self._radio(component, one, rows)

    def _checkbox(self, component: Component, value: Any, rows: tuple[int, ...]) -> None:
        self.field(component, rows).set_checked(bool(value))

    def _file(self, component: Component, value: Any, rows: tuple[int, ...]) -> None:
        """``value``: name of a file, or several."""
        names = value if isinstance(value, list) else [value]
        paths = [self.folder / str(name) for name in names]
        for path in paths:
            if not path.exists():
                path.write_bytes(b"%PDF-1.4 example")
        field = self.field(component, rows)
        field.set_input_files(paths)
        for path in paths:
            expect(self.page.locator("#form").get_by_role("link", name=path.name).last).to_be_visible()


_HANDS: dict[str, Callable[[Hands, Component, Any, tuple[int, ...]], None]] = {
    "textfield": Hands._text, "textarea": Hands._text, "number": Hands._text, "datetime": Hands._text,
    "select": Hands._choose, "radio": Hands._radio, "checklist": Hands._checklist, "checkbox": Hands._checkbox,
    "filepicker": Hands._file,
}  # fmt: skip
