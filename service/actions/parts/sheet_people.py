"""People and posts from a sheet, by the rules of the hand: new people wait, nobody grants himself or whom he entered, each change is sealed."""

from collections.abc import Sequence

from service.actions.frame import Frame
from service.actions.parts.administering import lock_another, must_not_be_maker, seal_change
from service.actions.parts.entering import NewPerson, enter_person
from service.actions.parts.granting import put_posts
from service.domain.accounts import AccountState
from service.domain.people import SYSTEM, Holding
from service.domain.sheets.kinds import posts
from service.domain.sheets.plan import Line
from service.store import accounts, people


def store_people(frame: Frame, lines: Sequence[Line], _note: str) -> None:
    """New people have a disabled account; those who are there get another name or organisation and keep posts and state."""
    for line in lines:
        id, name, organisation = (str(line.values[key]) for key in ("id", "name", "organisation_id"))
        before = people.get_person(frame.tx, id)
        if before is None:
            enter_person(frame, NewPerson(id, name, organisation))
            continue
        people.edit_person(frame.tx, id, name=name, organisation_id=organisation)
        if accounts.lock_account(frame.tx, id):
            facts = {"organisation": organisation, "organisation_before": before.organisation_id}
            seal_change(frame, id, "account.edited", facts=facts, personal={"name_before": before.name})


def store_posts(frame: Frame, lines: Sequence[Line], _note: str) -> None:
    """Line by line on top of what each person holds; the mark of a business auditor is given by hand.

    To an account that still waits they are proposals, whoever makes them: they count when 安全管理员 enables it.
    """
    by_person: dict[str, list[Line]] = {}
    for line in lines:
        by_person.setdefault(str(line.values["person_id"]), []).append(line)
    for person, changed in sorted(by_person.items()):
        row = lock_another(frame, "import.posts", person)
        proposed = row.state is AccountState.WAITING
        if not proposed and frame.actor != SYSTEM:
            must_not_be_maker(frame, row)
        held = set(people.holdings_of(frame.tx, [person])[person])
        for line in changed:
            one = {Holding(str(line.values["post"]), str(line.values["organisation_id"]))}
            held = held | one if line.values["state"] == posts.HELD else held - one
        wanted = sorted(held, key=lambda holding: (holding.post, holding.organisation_id))
        told = "posts.proposed" if proposed else "posts.granted"
        put_posts(frame, row, tuple(wanted), auditor=row.auditor, type=told)
