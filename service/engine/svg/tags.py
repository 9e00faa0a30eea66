"""SVG elements as text. Every attribute and every word goes through here, so nothing a diagram says becomes markup."""

from xml.sax.saxutils import escape, quoteattr

Value = str | float | None
Pen = dict[str, Value]  # how a line is drawn, for several elements


def tag(name: str, *inside: str, **given: Value) -> str:
    """``inside`` is markup already; ``stroke_width=2`` gives ``stroke-width="2"``, None gives nothing."""
    said = "".join(f" {key.strip('_').replace('_', '-')}={_said(v)}" for key, v in given.items() if v is not None)
    return f"<{name}{said}>{''.join(inside)}</{name}>" if inside else f"<{name}{said}/>"


def words(text: str) -> str:
    """Text as markup, without the characters XML has no place for."""
    return escape("".join(c for c in text if c >= " " and not "\ud800" <= c <= "\udfff" and c not in "\ufffe\uffff"))


def number(value: float) -> str:
    """At most two digits behind the point."""
    text = f"{value:.2f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def path(*steps: str | float) -> str:
    """The ``d`` of a path: letters and numbers in their order."""
    return " ".join(step if isinstance(step, str) else number(step) for step in steps)


def _said(value: str | float) -> str:
    return quoteattr(value) if isinstance(value, str) else f'"{number(value)}"'
