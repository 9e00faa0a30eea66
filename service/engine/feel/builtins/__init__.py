"""The built-in functions by name, one plain dict per subject. A name stands once."""

from service.engine.feel.builtins import (
    booleans,
    contexts,
    conversions,
    lists,
    numbers,
    ranges,
    sequences,
    strings,
    times,
)
from service.engine.feel.builtins.form import Registry

BUILTINS: Registry = {}
for _part in (booleans, contexts, conversions, lists, numbers, ranges, sequences, strings, times):
    for _name, _forms in _part.FORMS.items():
        if _name in BUILTINS:
            raise RuntimeError(f"built-in {_name!r} stands twice")
        BUILTINS[_name] = _forms
# Looked at by the evaluator itself, named here so that the parser knows them.
BUILTINS.setdefault("is defined", ())
BUILTINS.setdefault("get or else", ())
