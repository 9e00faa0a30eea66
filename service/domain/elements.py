"""The elements of a service item, one line each: what kind of value, which dictionary or choices, which part of the card.

Everything that shows, compares, checks, imports or exports an item goes by this table. Names are fields of ``Item``; the Chinese
name of an element is the text ``element.<name>``, of a choice ``choice.<name of the choices>.<choice>``.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from service.domain.items import Item
from service.domain.texts import say


class Kind(StrEnum):
    TEXT = "text"  # one line
    WORDS = "words"  # several lines
    NUMBER = "number"  # whole, not negative; None: not said
    FLAG = "flag"  # yes or no; None: not said
    DATE = "date"
    CODE = "code"  # one code of a dictionary
    CODES = "codes"  # several
    CHOICE = "choice"  # one of our own fixed words, which decisions read
    TEXTS = "texts"  # a list of lines
    ORGANISATION = "organisation"  # id of an organisation
    FORMS = "forms"  # ids of forms
    CITATIONS = "citations"
    MATERIALS = "materials"
    FLOW = "flow"


@dataclass(frozen=True, slots=True)
class Element:
    """``group``: basics, power, codes, limits, handling, fees, flow, seals. ``longest``: characters of a text."""

    name: str
    kind: Kind
    group: str
    dictionary: str = ""
    choices: tuple[str, ...] = ()
    longest: int = 4_000


CHOICES: Mapping[str, tuple[str, ...]] = {
    "agency": ("", "police", "market", "branch"),
    "result_kind": ("opinion", "record", "certificate", "proof", "penalty", "payment"),
    "current_seal": ("official", "station", "special", "own"),
    "target_seal": ("special", "accept_only"),
    "limit_unit": ("workday", "calendar_day"),
}

ELEMENTS: tuple[Element, ...] = (
    Element("name", Kind.TEXT, "basics", longest=1_000),
    Element("department_id", Kind.ORGANISATION, "basics"),
    Element("item_type", Kind.CODE, "basics", dictionary="item_type"),
    Element("use_level", Kind.CODE, "basics", dictionary="use_level"),
    Element("dept_type", Kind.CODE, "basics", dictionary="dept_type"),
    Element("implementing_body", Kind.TEXT, "basics", longest=200),
    Element("joint_departments", Kind.TEXTS, "basics", longest=200),
    Element("service_objects", Kind.CODES, "basics", dictionary="service_object"),
    Element("tags", Kind.CODES, "basics", dictionary="four_tags"),
    Element("note", Kind.WORDS, "basics"),
    Element("power_source", Kind.CODE, "power", dictionary="power_source"),
    Element("power_document", Kind.TEXT, "power", longest=200),
    Element("entrusting_department", Kind.TEXT, "power", longest=200),
    Element("legal_basis", Kind.WORDS, "power"),
    Element("citations", Kind.CITATIONS, "power"),
    Element("agency", Kind.CHOICE, "power", choices=CHOICES["agency"]),
    Element("catalog_code", Kind.TEXT, "codes", longest=50),
    Element("task_code", Kind.TEXT, "codes", longest=50),
    Element("business_code", Kind.TEXT, "codes", longest=50),
    Element("local_catalog_code", Kind.TEXT, "codes", longest=50),
    Element("local_task_code", Kind.TEXT, "codes", longest=50),
    Element("implementing_code", Kind.TEXT, "codes", longest=18),
    Element("statutory_days", Kind.NUMBER, "limits"),
    Element("statutory_unit", Kind.CHOICE, "limits", choices=CHOICES["limit_unit"]),
    Element("statutory_note", Kind.TEXT, "limits", longest=500),
    Element("promised_days", Kind.NUMBER, "limits"),
    Element("promised_unit", Kind.CHOICE, "limits", choices=CHOICES["limit_unit"]),
    Element("promised_note", Kind.TEXT, "limits", longest=500),
    Element("planned_from", Kind.DATE, "limits"),
    Element("planned_until", Kind.DATE, "limits"),
    Element("handling_kind", Kind.CODE, "handling", dictionary="handling_kind"),
    Element("ways", Kind.CODES, "handling", dictionary="way"),
    Element("visits", Kind.NUMBER, "handling"),
    Element("special_procedure", Kind.CODE, "handling", dictionary="special_procedure"),
    Element("region_scope", Kind.CODE, "handling", dictionary="region_scope"),
    Element("places", Kind.WORDS, "handling"),
    Element("hours", Kind.TEXT, "handling", longest=500),
    Element("contact", Kind.TEXT, "handling", longest=500),
    Element("complaints", Kind.TEXT, "handling", longest=500),
    Element("in_hall", Kind.FLAG, "handling"),
    Element("agent_service", Kind.FLAG, "handling"),
    Element("intermediary", Kind.TEXT, "handling", longest=500),
    Element("quantity_limit", Kind.TEXT, "handling", longest=500),
    Element("fee", Kind.FLAG, "fees"),
    Element("fee_basis", Kind.TEXT, "fees", longest=500),
    Element("conditions", Kind.WORDS, "flow"),
    Element("materials", Kind.MATERIALS, "flow"),
    Element("flow", Kind.FLOW, "flow"),
    Element("result_kind", Kind.CHOICE, "flow", choices=CHOICES["result_kind"]),
    Element("results", Kind.TEXTS, "flow", longest=200),
    Element("form_ids", Kind.FORMS, "flow"),
    Element("current_seal", Kind.CHOICE, "seals", choices=CHOICES["current_seal"]),
    Element("target_seal", Kind.CHOICE, "seals", choices=CHOICES["target_seal"]),
    Element("seal_by_law", Kind.FLAG, "seals"),
)
GROUPS = tuple(dict.fromkeys(element.group for element in ELEMENTS))
BY_NAME: Mapping[str, Element] = {element.name: element for element in ELEMENTS}

# What must be there before a department may call the item sorted. Codes are not among them: many township items have none at hand.
NEEDED: tuple[str, ...] = (
    "name", "department_id", "item_type", "use_level", "dept_type", "implementing_body", "service_objects", "power_source",
    "legal_basis", "promised_days", "promised_unit", "handling_kind", "ways", "visits", "region_scope", "places", "hours",
    "contact", "complaints", "in_hall", "agent_service", "fee", "conditions", "materials", "result_kind", "results",
    "current_seal", "target_seal",
)  # fmt: skip


def label(name: str) -> str:
    """What an element is called."""
    return say(f"element.{name}")


def choice_label(element: str, choice: str) -> str:
    """What one of our fixed words is called: ``choice_label("agency", "police")`` is 公安派出所."""
    kind = "limit_unit" if element.endswith("_unit") else element
    return say(f"choice.{kind}.{choice or 'none'}")


def missing(item: Item) -> tuple[str, ...]:
    """Names of the elements the item still lacks, in the order of the card; some are needed only because of others."""
    needed = set(NEEDED)
    if item.citations:
        needed.discard("legal_basis")  # registered ones say it better
    if item.power_source.value in ("2", "3", "4"):
        needed.add("power_document")
    if item.power_source.value in ("5", "6"):
        needed |= {"power_document", "entrusting_department"}
    if item.fee:
        needed.add("fee_basis")
    needed.add("statutory_note" if item.statutory_days is None else "statutory_unit")  # none by law: then say so
    return tuple(e.name for e in ELEMENTS if e.name in needed and _empty(getattr(item, e.name)))


def _empty(value: object) -> bool:
    return value is None or value == "" or value == ()
