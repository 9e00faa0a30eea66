"""The centre has no 专用章 yet: it is applied for, approved, engraved, filed with public security, compared and handed over."""

from service.demo.story.papers import seal_print
from service.demo.story.scene import Part, Row, Scene, iso
from service.domain.texts import say

DIAMETER_MM = 40  # at most 45, 国发〔1999〕25号 十三; smaller than the 公章, so that the two are told apart at a glance


def seal_name(scene: Scene) -> str:
    return f"{scene.given.get('township_short') or ''}{say('seal.standard_name')}"


def seal_apply(scene: Scene) -> Row:
    return {
        "seal_name": seal_name(scene),
        "seal_shape": "round",
        "seal_diameter": DIAMETER_MM,
        "seal_copies": 1,
        "seal_reason": say("story.seal_reason"),
    }


def seal_approve(scene: Scene) -> Row:
    return {
        "seal_approve_decision": "agree",
        "seal_approved_by": scene.name("huotian-leader"),
        "seal_approved_on": iso(scene.today),
        "seal_approve_opinion": say("story.seal_approve"),
    }


def seal_inform(_scene: Scene) -> Row:
    return {"seal_inform_decision": "consistent", "seal_inform_opinion": say("story.seal_inform")}


def seal_engrave(scene: Scene) -> Row:
    return {
        "engraver": say("story.engraver"),
        "engraved_on": iso(scene.today),
        "engrave_handler": scene.name("huotian-office"),
    }


def seal_file(scene: Scene) -> Row:
    return {"filing_number_seal": scene.number("police"), "filing_date_seal": iso(scene.today)}


def seal_take_specimen(scene: Scene) -> Row:
    return {
        "specimen_file": scene.upload(say("story.specimen_name"), seal_print()),
        "specimen_name": seal_name(scene),
        "specimen_diameter": DIAMETER_MM,
        "specimen_dpi": 600,
    }


def seal_hand_over(scene: Scene) -> Row:
    return {
        "keeper_a": scene.name("huotian-keeper-a"),
        "keeper_b": scene.name("huotian-keeper-b"),
        "seal_received_by": scene.name("huotian-keeper-a"),
        "handover_date": iso(scene.today),
        "duty_letter_signed": True,
        "seal_hand_over_opinion": say("story.seal_hand_over"),
    }


PARTS: dict[str, Part] = {
    "seal_apply": Part("huotian-clerk", seal_apply),
    "seal_approve": Part("huotian-leader", seal_approve),
    "seal_inform": Part("shengaiban-clerk2", seal_inform),
    "seal_engrave": Part("huotian-office", seal_engrave),
    "seal_file": Part("huotian-office2", seal_file),
    "seal_take_specimen": Part("huotian-clerk2", seal_take_specimen),
    "seal_hand_over": Part("huotian-keeper-a", seal_hand_over),
}
