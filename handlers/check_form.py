"""机检: the uploaded form read box by box against the rules; a file that cannot be read is for people, and says why."""

from collections.abc import Mapping
from typing import Any

from handlers.contract import Context, Handler, Output
from handlers.forms.box import Finding
from handlers.forms.readers.docx import Unreadable, read_docx
from handlers.forms.rules import check_box


def handle(_given: Mapping[str, Any], context: Context) -> Output:
    """``findings``, the stations somebody must look up, and a note: what was read, or why not."""
    content, stations = context.facts["form_file"], context.facts["stations"]
    if content is None:
        return _output([], context.say("form_file.none"), context)
    try:
        boxes = read_docx(content)
    except Unreadable as error:
        return _output([], context.say(str(error)), context)
    found = [finding for box in boxes for finding in check_box(box, stations)]
    return _output(found, context.say("form_file.read", boxes=len(boxes), findings=len(found)), context)


def _output(found: list[Finding], note: str, context: Context) -> Output:
    findings = [
        {
            "finding_id": f"{n}", "cell": f.place, "text": f.text[:500], "rule": f.rule,
            "level": context.say(f"level.{f.level}"), "confirmed": "", "reason": "", "treatment": "", "done_on": None,
        }
        for n, f in enumerate(found, start=1)
    ]  # fmt: skip
    unknown = dict.fromkeys(f.station for f in found if f.level == "look_up")
    pending = [{"station": s, "township": "", "status": "", "document_number": "", "note": ""} for s in unknown]
    return Output({"findings": findings, "pending_stations": pending, "check_note": note})


HANDLER = Handler("check_form", "handler.check_form", handle, facts=("form_file", "stations"), lease_seconds=60)
