"""The server's own check of form-js forms (schemaVersion 19): nothing a browser says is believed.

``read_form`` takes a form at deploy or names everything that is wrong with it (``read``, ``lint``); ``check`` judges what a person
submits (``check``). The road of a submission: ``measure`` (not too large), ``levels`` (what belongs where: fields, groups, rows),
``sheet`` (FEEL over what the browser sees too), ``values`` (each kind of field takes its value), ``rules`` (required, limits, options).
"""

from service.engine.forms.check import Checked, check
from service.engine.forms.read import read_form
from service.engine.forms.readout import Line, read_out

__all__ = ["Checked", "Line", "check", "read_form", "read_out"]
