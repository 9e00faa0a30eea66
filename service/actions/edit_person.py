"""The system administrator corrects a name or moves a person to another organisation."""

from dataclasses import dataclass

from service.actions.frame import Frame
from service.actions.parts.administering import lock_any, seal_change
from service.actions.parts.entering import name_faults
from service.domain.errors import Fault, Invalid
from service.domain.texts import say
from service.store import organisations, people
from service.store.accounts import AccountRow


@dataclass(frozen=True, slots=True)
class EditPerson:
    person_id: str
    name: str
    organisation_id: str
    if_match: int | None = None


def edit_person(frame: Frame, order: EditPerson) -> AccountRow:
    """The account after the change. Posts stay: they are the security administrator's."""
    row = lock_any(frame, "person.edit", order.person_id, if_match=order.if_match)
    faults = name_faults(order.name)
    if organisations.get_organisation(frame.tx, order.organisation_id) is None:
        text = say("organisation.unknown", id=order.organisation_id[:60])
        faults.append(Fault("organisation", text, {"field": "organisation"}))
    if faults:
        raise Invalid("person.refused", login=row.account.login, count=len(faults), faults=faults)
    people.edit_person(frame.tx, order.person_id, name=order.name.strip(), organisation_id=order.organisation_id)
    facts = {"organisation": order.organisation_id, "organisation_before": row.organisation_id}
    return seal_change(frame, order.person_id, "account.edited", facts=facts, personal={"name_before": row.name})
