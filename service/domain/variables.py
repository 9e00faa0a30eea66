"""Names of case variables: which ones only the house sets."""

from collections.abc import Iterable

from service.domain.errors import Invalid

RESERVED = frozenset(
    {
        "case_id", "business_key", "initiator", "township_id", "township_name", "township_short", "center_id",
        "department_id", "department_name", "register_items", "register_departments", "register_forms",
    }
)  # fmt: skip


def may_be_set(name: str) -> bool:
    """Whether people and forms may set a variable called ``name``: an identifier, no leading underscore, not the house's own."""
    return name.isidentifier() and not name.startswith("_") and name not in RESERVED


def refuse_reserved(data: Iterable[str]) -> None:
    """Invalid for the first name that may not be set."""
    for name in data:
        if not may_be_set(name):
            raise Invalid("variable.reserved", name=name[:60])
