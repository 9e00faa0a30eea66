"""The departments' own cases: each form is checked once for the county, each item signed off once by its department."""

from service.demo.story.papers import new_form, old_form
from service.demo.story.scene import Part, Row, Scene, iso, only
from service.domain.texts import say

CHECKED_FORM = "biao-sheshi-nongye"  # the one form of the story that is handed in as a file and has faults
HESITANT = "rensheju"  # first refuses because its system asks for the 公章, which is no reason
CONDITIONS = ("linmu-caifa", "zhaijidi-pizhun")
OWN_LEVELS = ("county", "township")  # forms of higher levels are not changed here: 等效说明 and report upward
FINDING_FIELDS = ("finding_id", "rule", "level", "cell", "text", "confirmed", "treatment", "done_on")


def register_form(scene: Scene) -> Row:
    name = str(scene.given.get("form_name") or "")
    level = scene.given.get("form_level") or "county"
    data: Row = {
        "form_usage": "in_use",
        "form_name": name,
        "form_level": level,
        "form_items": say("story.form_items"),
        "register_opinion": say("story.register_form.own" if level in OWN_LEVELS else "story.register_form"),
    }
    if scene.given.get("form_id") == CHECKED_FORM:
        data["form_file"] = scene.upload(say("story.paper.old_name"), old_form())
        data["register_opinion"] = say("story.register_form.file")
    return data


def confirm_findings(scene: Scene) -> Row:
    """Everything the machine found is genuine; a form of a higher level gets an equivalence note, our own is changed."""
    rows = scene.rows("findings")
    own = scene.given.get("form_level") in OWN_LEVELS
    for row in rows:
        change = "delete_box" if "R01" in row["rule"] else "use_special"
        row |= {"confirmed": "genuine", "treatment": change if own else "equivalence_note", "done_on": iso(scene.today)}
    opinion = say("story.confirm_findings", count=len(rows)) if rows else say("story.confirm_findings.none")
    return {"findings": only(rows, *FINDING_FIELDS), "findings_opinion": opinion}


def review_stations(scene: Scene) -> Row:
    """No document says that the station was abolished or merged, so it counts as existing; nothing is made up."""
    rows = scene.rows("pending_stations")
    for row in rows:
        row |= {"status": "existing", "note": say("story.station_note")}
    return {
        "pending_stations": only(rows, "station", "township", "status", "note"),
        "stations_opinion": say("story.review_stations"),
    }


def department_review(scene: Scene) -> Row:
    return {
        "department_decision": "agree",
        "department_signer": scene.name(f"{scene.department}-leader"),
        "department_opinion": say("story.department_review"),
    }


def accept_check(scene: Scene) -> Row:
    rows = scene.rows("findings")
    fix = any(row.get("treatment") in ("delete_box", "use_special") for row in rows)
    return {
        "sample_size": len(rows),
        "acceptance_decision": "fix" if fix else "pass",
        "acceptance_opinion": say("story.accept_check.fix" if fix else "story.accept_check.pass"),
    }


def rectify_form(scene: Scene) -> Row:
    return {
        "form_name": str(scene.given.get("form_name") or ""),
        "form_version": int(scene.given.get("form_version") or 0) + 1,
        "old_form_stopped_on": iso(scene.today),
        "form_file": scene.upload(say("story.paper.new_name"), new_form()),
        "rectify_form_opinion": say("story.rectify_form"),
    }


def draft_opinion(scene: Scene) -> Row:
    """The hesitant department's reason is sent back by the rule, so it thinks again."""
    first, hesitant = not scene.given.get("opinion_round"), scene.department == HESITANT
    rows = scene.rows("opinions")
    for row in rows:
        row |= _opinion(row["item_id"], refuses=first and hesitant)
    kept = ("item_id", "name", "opinion", "reason_code", "basis", "conditions", "system_change")
    note = (
        ("story.draft_opinion.refused" if first else "story.draft_opinion.again") if hesitant else "story.draft_opinion"
    )
    return {"opinions": only(rows, *kept), "draft_opinion_note": say(note)}


def _opinion(item_id: str, *, refuses: bool) -> Row:
    if refuses:
        return {"opinion": "disagree", "reason_code": "N2", "basis": "", "conditions": "", "system_change": True}
    if item_id in CONDITIONS:
        conditions = say(f"story.conditions.{item_id}")
        return {
            "opinion": "agree_with_conditions", "reason_code": "none", "basis": "", "conditions": conditions,
            "system_change": False,
        }  # fmt: skip
    return {"opinion": "agree", "reason_code": "none", "basis": "", "conditions": "", "system_change": False}


def sign_opinion(scene: Scene) -> Row:
    return {
        "sign_off_decision": "sign",
        "sign_off_paper_number": scene.number("sign_off"),
        "sign_off_opinion": say("story.sign_opinion"),
    }


PARTS: dict[str, Part] = {
    "register_form": Part("{department}-clerk", register_form),
    "confirm_findings": Part("{department}-clerk", confirm_findings),
    "review_stations": Part("shengaiban-clerk", review_stations),
    "department_review": Part("{department}-leader", department_review),
    "accept_check": Part("fuwuzhongxin-clerk2", accept_check),
    "rectify_form": Part("{department}-clerk", rectify_form),
    "draft_opinion": Part("{department}-clerk", draft_opinion),
    "sign_opinion": Part("{department}-leader", sign_opinion),
}
