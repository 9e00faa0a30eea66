"""The system administrator enters a person. The account is disabled until the security administrator enables it."""

from dataclasses import dataclass

from service.actions.frame import Frame
from service.actions.parts.administering import administer
from service.actions.parts.entering import NewPerson, enter_person
from service.store.accounts import AccountRow


@dataclass(frozen=True, slots=True)
class CreatePerson:
    """``login`` becomes the person's id and never changes."""

    login: str
    name: str
    organisation_id: str


def create_person(frame: Frame, order: CreatePerson) -> AccountRow:
    """The new account. Posts are the security administrator's to grant, so there are none here."""
    administer(frame, "person.create")
    return enter_person(frame, NewPerson(order.login, order.name, order.organisation_id))
