"""After the county's review: the township decides, signs, gives notice, publishes, files; thirty days later the work is evaluated."""

from datetime import timedelta
from typing import Any

from service.demo.story.scene import Part, Row, Scene, iso, only, weekday_after
from service.domain.texts import say

MEETING_REST = (
    3  # weekdays between the county's review and the entry of the meeting, which is held on the first of them
)


def collective_study(scene: Scene) -> Row:
    """The meeting was held on paper some days ago; it is entered afterwards with its reason (补录)."""
    rows = scene.rows("meeting_items")
    for row in rows:
        row |= {"ruling": "pass", "note": ""}
    return {
        "meeting_type": "joint_meeting",
        "meeting_date": iso(weekday_after(scene.opened_on)),
        "meeting_due": 11,
        "meeting_present": 10,
        "meeting_decision": "passed",
        "meeting_items": only(rows, "item_id", "name", "item_class", "scope", "ruling", "note"),
        "minutes_number": scene.number("minutes"),
        "meeting_opinion": say("story.collective_study"),
    }


def meeting_act(scene: Scene) -> dict[str, Any]:
    return {
        "act_date": iso(weekday_after(scene.opened_on)),
        "late_reason": say("story.late_reason"),
        "paper_number": scene.number("minutes"),
    }


def sign_authorisation(scene: Scene) -> Row:
    return {
        "sign_decision": "sign",
        "document_number": scene.number("authorisation"),
        "document_date": iso(scene.today),
        "term": "long_term",
        "valid_from": iso(scene.today),
        "list_version": say("story.list_version", year=scene.today.year),
        "authorised_person": scene.name("huotian-director"),
        "keeper_a": scene.name("huotian-keeper-a"),
        "keeper_b": scene.name("huotian-keeper-b"),
        "restrictions": [{"text": say(f"story.restriction.{n}")} for n in (1, 2, 3)],
        "sign_opinion": say("story.sign_authorisation"),
    }


def sign_act(scene: Scene) -> dict[str, Any]:
    return {"paper_number": scene.number("authorisation")}


def issue_notice(scene: Scene) -> Row:
    return {
        "notice_number": scene.number("notice"),
        "seal_used_from": iso(weekday_after(scene.today)),
        "notice_scope": say("story.notice_scope"),
        "old_seal_treatment": say("story.old_seal"),
        "notice_copies": ["departments", "reform_office", "efficiency_office", "service_center"],
        "notice_decision": "sign",
        "notice_opinion": say("story.issue_notice"),
    }


def notice_act(scene: Scene) -> dict[str, Any]:
    return {"paper_number": scene.number("notice")}


def publish(scene: Scene) -> Row:
    return {
        "publish_channels": ["board", "hall"],
        "publish_from": iso(scene.today),
        "publicity_days": "0",
        "publish_opinion": say("story.publish"),
    }


def register_filing(scene: Scene) -> Row:
    return {
        "filing_number": scene.number("filing"),
        "filing_date": iso(scene.today),
        "filing_decision": "filed",
        "filing_opinion": say("story.register_filing"),
    }


def update_guides(scene: Scene) -> Row:
    rows = [
        {
            "item_id": row["item_id"], "guide_version": say("story.guide_version", year=scene.today.year),
            "old_form_stopped_on": iso(scene.today),
        }
        for row in scene.rows("items")
    ]  # fmt: skip
    return {"guide_changes": rows, "guides_online": True, "guides_opinion": say("story.update_guides")}


def trial_review(scene: Scene) -> Row:
    began = scene.opened_on - timedelta(days=30)
    return {
        "trial_from": iso(began),
        "trial_to": iso(scene.opened_on),
        "trial_cases": 128,
        "trial_seal_uses": 126,
        "trial_seal_rate": 98,
        "trial_returned": 2,
        "trial_complaints": 0,
        "trial_refusals": 0,
        "trial_takes_on": "good",
        "trial_does_well": "good",
        "trial_well_managed": "good",
        "trial_decision": "good",
        "trial_opinion": say("story.trial_review"),
    }


def rectify(scene: Scene) -> Row:
    measure = {
        "measure": say("story.rectify.measure"), "responsible": scene.name("huotian-director"),
        "done_on": iso(scene.today),
    }  # fmt: skip
    return {"rectify_measures": [measure], "rectify_opinion": say("story.rectify")}


PARTS: dict[str, Part] = {
    "collective_study": Part("huotian-office", collective_study, meeting_act, rest_weekdays=MEETING_REST),
    "sign_authorisation": Part("huotian-leader", sign_authorisation, sign_act),
    "issue_notice": Part("huotian-leader", issue_notice, notice_act),
    "publish": Part("huotian-clerk2", publish),
    "register_filing": Part("shengaiban-clerk", register_filing),
    "update_guides": Part("fuwuzhongxin-clerk", update_guides),
    "trial_review": Part("shengaiban-clerk2", trial_review),
    "rectify": Part("huotian-clerk", rectify),
}
