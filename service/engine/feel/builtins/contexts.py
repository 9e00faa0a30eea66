"""Functions over contexts: get value, get entries, context, context put, context merge."""

from typing import Any

from service.engine.feel.builtins.form import Registry, form
from service.engine.feel.errors import Failed
from service.engine.feel.evaluate import Run


def _get_value(run: Run, context: dict[str, Any], key: str | list[Any]) -> Any:
    value: Any = context
    for part in key if type(key) is list else [key]:
        run.meter.charge(1)
        if type(value) is not dict or type(part) is not str:
            return None
        value = value.get(part)
    return value


def _get_entries(run: Run, context: dict[str, Any]) -> list[dict[str, Any]]:
    run.meter.items(len(context))
    return [{"key": key, "value": value} for key, value in context.items()]


def _context(run: Run, entries: list[Any]) -> dict[str, Any]:
    run.meter.items(len(entries))
    found: dict[str, Any] = {}
    for entry in entries:
        if (
            type(entry) is not dict
            or type(entry.get("key")) is not str
            or "value" not in entry
            or entry["key"] in found
        ):
            raise Failed("feel.context.entries")
        found[entry["key"]] = entry["value"]
    return found


def _put(run: Run, context: dict[str, Any], key: str, value: Any) -> dict[str, Any]:
    run.meter.items(len(context) + 1)
    return {**context, key: value}


def _put_deep(run: Run, context: dict[str, Any], keys: list[Any], value: Any) -> dict[str, Any]:
    if not keys or type(keys[0]) is not str:
        raise Failed("feel.context.keys")
    run.meter.items(len(context) + 1)
    if len(keys) == 1:
        return {**context, keys[0]: value}
    if len(keys) > 32:
        raise Failed("feel.context.keys")
    inner = context.get(keys[0])
    if inner is not None and type(inner) is not dict:
        raise Failed("feel.context.keys")
    return {**context, keys[0]: _put_deep(run, inner or {}, keys[1:], value)}


def _merge(run: Run, contexts: list[Any]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for context in contexts:
        if type(context) is not dict:
            raise Failed("feel.context.entries")
        run.meter.items(len(found) + len(context))
        found.update(context)
    return found


FORMS: Registry = {
    "get value": (form(_get_value, "m:context", "key:string"), form(_get_value, "context:context", "keys:list")),
    "get entries": (form(_get_entries, "m:context"),),
    "context": (form(_context, "entries:list"),),
    "context put": (
        form(_put, "context:context", "key:string", "value:any"),
        form(_put_deep, "context:context", "keys:list", "value:any"),
    ),
    "context merge": (form(_merge, "contexts:list"),),
}
