"""Engine commands as JSON and back: what an event keeps, replay does again."""

from collections.abc import Mapping
from dataclasses import fields
from typing import Any

from service.engine import codec, model
from service.engine.model import Command

_KINDS: dict[str, type[Command]] = {
    kind.__name__: kind
    for kind in (
        model.Start,
        model.Complete,
        model.FinishJob,
        model.RaiseError,
        model.WakeTimer,
        model.Deliver,
        model.Return,
        model.Cancel,
        model.Skip,
        model.Jump,
        model.SetVariables,
    )
}


def to_json(command: Command) -> dict[str, Any]:
    """``{"kind": "Complete", "number": 3, "data": ...}`` with values tagged by the codec."""
    content = {f.name: codec.encode(getattr(command, f.name)) for f in fields(command)}
    return {"kind": type(command).__name__, **content}


def from_json(content: Mapping[str, Any]) -> Command:
    """The command of ``to_json``; KeyError for a kind this version does not know."""
    kind = _KINDS[content["kind"]]
    return kind(**{f.name: codec.decode(content[f.name]) for f in fields(kind) if f.name in content})
