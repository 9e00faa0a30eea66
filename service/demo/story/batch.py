"""The batch until the county has reviewed it: 火田镇's list of eight items, exceptions, capacity, legality, review."""

from service.demo.story.scene import Part, Row, Scene, iso, only
from service.domain.texts import say

# item -> how many applications a year; the centre's clerk lists what the township proposes
ITEMS: dict[str, int] = {
    "shengyu-dengji": 420,
    "dibao-shenhe": 160,
    "canji-liangbu": 210,
    "chengxiang-yanglao": 680,
    "sheshi-nongye-yongdi": 35,
    "laonian-youdaizheng": 0,
    "linmu-caifa": 60,
    "zhaijidi-pizhun": 90,
}
ACCEPT_ONLY = "linmu-caifa"
CLOSED = "laonian-youdaizheng"
OFFICIAL_SEAL = "zhaijidi-pizhun"


def draft_list(scene: Scene) -> Row:
    rows: list[Row] = [
        {
            "item_id": id, "current_seal": "official",
            "target_seal": "accept_only" if id == ACCEPT_ONLY else "special",
            "yearly_volume": volume, "capacity_note": say("story.capacity_note"), "forms": [],
        }
        for id, volume in ITEMS.items()
    ]  # fmt: skip
    return {
        "responsible_leader": scene.name("huotian-deputy"),
        "batch_name": say("story.batch_name", year=scene.today.year),
        "items": rows,
        "draft_opinion": say("story.draft_list"),
    }


def confirm_exceptions(scene: Scene) -> Row:
    """What is entrusted stays for intake only, the certificate goes to the legal review, anything else leaves the batch."""
    rows = scene.rows("exceptions")
    for row in rows:
        row["ruling"] = "keep" if row["outcome"] in ("accept_only", "legal_review") else "remove"
        known = row["outcome"] in ("accept_only", "legal_review", "remove")
        row["note"] = say(f"story.exception.{row['outcome']}" if known else "story.exception.other")
    kept = ("item_id", "name", "item_class", "outcome", "basis", "ruling", "note")
    return {"exceptions": only(rows, *kept), "exceptions_opinion": say("story.confirm_exceptions")}


def director_review(_scene: Scene) -> Row:
    return {
        "director_checks": ["listed", "documents", "capacity"],
        "director_decision": "agree",
        "director_opinion": say("story.director_review"),
    }


def coordinate(scene: Scene) -> Row:
    rows = scene.rows("disputed_items")
    for row in rows:
        row |= {"ruling": "agree", "note": say("story.coordinate.note")}
    return {
        "coordination_date": iso(scene.today),
        "coordination_paper_number": scene.number("coordination"),
        "coordination_attendees": say("story.coordinate.attendees"),
        "disputed_items": only(rows, "item_id", "name", "department_name", "reason", "ruling", "note"),
        "coordination_opinion": say("story.coordinate"),
    }


def assess_capacity(_scene: Scene) -> Row:
    return {
        "capacity_staff": 4,
        "capacity_training_times": 2,
        "capacity_training_people": 8,
        "capacity_site": "ready",
        "capacity_accounts": "ready",
        "capacity_seal": "to_make",
        "capacity_score": 92,
        "capacity_decision": "capable",
        "capacity_opinion": say("story.assess_capacity"),
    }


def legal_review(scene: Scene) -> Row:
    """A certificate must bear the organ's seal: it keeps the 公章 and leaves the batch, the careful reading of 许可法 39."""
    return {
        "legal_decision": "lawful",
        "legal_items": _legal_items(scene),
        "legal_articles": say("story.legal_articles"),
        "legal_paper_number": scene.number("legal"),
        "legal_opinion": say("story.legal_review"),
    }


def justice_opinion(scene: Scene) -> Row:
    return {
        "legal_items": _legal_items(scene),
        "justice_decision": "lawful_with_limits",
        "justice_articles": say("story.legal_articles"),
        "justice_paper_number": scene.number("justice"),
        "justice_opinion": say("story.legal_review"),
    }


def _legal_items(scene: Scene) -> list[Row]:
    rows = scene.rows("legal_items")
    for row in rows:
        row |= {"ruling": "official", "article": say("story.legal_article"), "note": say("story.legal_note")}
    return only(rows, "item_id", "name", "basis", "ruling", "article", "note")


def county_first_review(_scene: Scene) -> Row:
    return {
        "first_review_checks": ["forms", "sign_off", "capacity", "legal"],
        "first_review_decision": "agree",
        "first_review_opinion": say("story.county_first_review"),
    }


def county_review(scene: Scene) -> Row:
    return {
        "county_decision": "agree_with_limits",
        "county_limits": say("story.county_limits"),
        "county_paper_number": scene.number("county"),
        "county_opinion": say("story.county_review"),
    }


def handle_basis_change(scene: Scene) -> Row:
    return {
        "basis_document": scene.number("repeal"),
        "basis_date": iso(scene.today),
        "basis_affected": say("story.basis_affected"),
        "basis_decision": "continue",
        "basis_opinion": say("story.handle_basis_change"),
    }


PARTS: dict[str, Part] = {
    "draft_list": Part("huotian-clerk", draft_list),
    "confirm_exceptions": Part("fuwuzhongxin-clerk", confirm_exceptions),
    "director_review": Part("huotian-director", director_review),
    "coordinate": Part("shengaiban-clerk", coordinate),
    "assess_capacity": Part("fuwuzhongxin-clerk", assess_capacity),
    "legal_review": Part("huotian-legal", legal_review),
    "justice_opinion": Part("sifaju-officer", justice_opinion),
    "county_first_review": Part("fuwuzhongxin-leader", county_first_review),
    "county_review": Part("shengaiban-reviewer", county_review),
    "handle_basis_change": Part("fuwuzhongxin-clerk2", handle_basis_change),
}
