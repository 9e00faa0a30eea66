"""One complete, lifelike submission for every shipped form: form id -> (the task's variables, what the person fills in)."""

from tests.engine.forms.good_batch import DECISION, PREPARATION, Row
from tests.engine.forms.good_others import DEPARTMENTS, SEAL_MAKING

GOOD: dict[str, tuple[Row, Row]] = {**PREPARATION, **DECISION, **SEAL_MAKING, **DEPARTMENTS}
