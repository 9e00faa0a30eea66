"""机检: the uploaded form read box by box against the rules; a file that cannot be read is for people, and says why."""

from collections.abc import Mapping
from typing import Any

from handlers.contract import Context, Handler, Output
from handlers.forms.box import Finding, Place
from handlers.forms.readers.docx import read_docx
from handlers.forms.rules import check_box
from handlers.rows import rows_of
from handlers.sandbox import Unreadable

ABOLISHED = frozenset({"abolished", "merged"})
LONGEST_TEXT = 500


def handle(given: Mapping[str, Any], context: Context) -> Output:
    """``findings``, the stations somebody must look up, the ones looked up before, and a note: what was read, or why not."""
    looked_up = _looked_up(given)
    content = context.facts["form_file"]
    if content is None:
        return _output([], looked_up, note=context.say("form_file.none"), context=context)
    try:
        boxes = read_docx(content)
    except Unreadable as error:
        return _output([], looked_up, note=context.say(str(error)), context=context)
    found = [finding for box in boxes for finding in check_box(box, _abolished(looked_up, context))]
    note = context.say("form_file.read", boxes=len(boxes), findings=len(found))
    return _output(found, looked_up, note=note, context=context)


def _looked_up(given: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    """Stations that were answered for, in this round or an earlier one: nobody is asked twice."""
    answered = [*rows_of(given, "known_stations"), *rows_of(given, "pending_stations")]
    return {row["station"]: row for row in answered if row.get("station") and row.get("status")}


def _abolished(looked_up: Mapping[str, Mapping[str, Any]], context: Context) -> dict[str, str]:
    """Name -> 撤销文号. Without a document nothing counts as abolished."""
    own = {s: str(row.get("document_number") or "") for s, row in looked_up.items() if row["status"] in ABOLISHED}
    return {**context.facts["stations"], **own}


def _output(found: list[Finding], looked_up: Mapping[str, Mapping[str, Any]], *, note: str, context: Context) -> Output:
    findings = [
        {
            "finding_id": f"{n}", "cell": _said(f.place, context), "text": f.text[:LONGEST_TEXT], "rule": f.rule,
            "level": context.say(f"level.{f.level}"), "confirmed": "", "reason": "", "treatment": "", "done_on": None,
        }
        for n, f in enumerate(found, start=1)
    ]  # fmt: skip
    unknown = dict.fromkeys(f.station for f in found if f.level == "look_up" and f.station not in looked_up)
    pending = [{"station": s, "township": "", "status": "", "document_number": "", "note": ""} for s in unknown]
    known = [dict(row) for row in looked_up.values()]
    return Output({"findings": findings, "pending_stations": pending, "known_stations": known, "check_note": note})


def _said(place: Place, context: Context) -> str:
    return "".join(context.say(f"place.{kind}", n=n) for kind, n in place)


HANDLER = Handler("check_form", "handler.check_form", handle, facts=("form_file", "stations"), lease_seconds=60)
