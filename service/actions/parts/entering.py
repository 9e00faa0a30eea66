"""A new person with an account that opens nothing yet: by hand, from a sheet, or at the very beginning.

What an import needs: ``person_faults`` for the preview, ``enter_person`` for the real thing. Posts given here are proposals; they count
when 安全管理员 enables the account.
"""

from dataclasses import dataclass

from service.actions.frame import Frame
from service.actions.parts.administering import account_chain, seal_change
from service.domain.accounts import LOGIN
from service.domain.errors import Conflict, Fault, Invalid
from service.domain.people import SYSTEM, Holding, Person, Role
from service.domain.posts import HELD_IN, post_name
from service.domain.texts import say
from service.store import accounts, events, organisations, people
from service.store.accounts import Account, AccountRow
from service.store.session import Transaction

NAME_LIMIT = 50


@dataclass(frozen=True, slots=True)
class NewPerson:
    """``login`` becomes the person's id and never changes: the history names people by it."""

    login: str
    name: str
    organisation_id: str
    holdings: tuple[Holding, ...] = ()
    auditor: bool = False
    fictional: bool = False


def enter_person(frame: Frame, new: NewPerson) -> AccountRow:
    """Add person and account, disabled, without a password. Invalid lists every fault; Conflict when the login is taken.

    Seals ``account.created`` with the actor as maker, who then cannot enable it. Asks no permission: that is the caller's.
    """
    events.chain_head(frame.tx, account_chain(new.login))  # locked: two with one login come one after the other
    if accounts.account_of_login(frame.tx, new.login) or people.get_person(frame.tx, new.login):
        raise Conflict("account.login_taken", login=new.login)
    faults = person_faults(frame.tx, new)
    if faults:
        raise Invalid("person.refused", login=new.login[:60], count=len(faults), faults=faults)
    add_disabled(frame, new)
    facts = {"organisation": new.organisation_id, "posts": told_posts(new.holdings), "auditor": new.auditor}
    return seal_change(frame, new.login, "account.created", facts=facts)


def add_disabled(frame: Frame, new: NewPerson, *, role: Role | None = None) -> None:
    """The rows alone, unchecked and unsealed."""
    person = Person(new.login, new.name.strip(), new.organisation_id, fictional=new.fictional, active=False)
    people.add_person(
        frame.tx, person, holdings=new.holdings, roles=(role,) if role else (), auditor=new.auditor
    )  # fmt: skip
    made = Account(new.login, new.login, "", created_at=frame.now, created_by=frame.actor.person_id)
    accounts.add_account(frame.tx, made)


def person_faults(tx: Transaction, new: NewPerson) -> list[Fault]:
    """Everything wrong with a new person, but for a taken login. ``where`` names the field."""
    found = []
    if not LOGIN.fullmatch(new.login) or new.login == SYSTEM.person_id:
        found.append(Fault("login", say("person.login", login=new.login[:60]), {"field": "login"}))
    found += name_faults(new.name)
    if organisations.get_organisation(tx, new.organisation_id) is None:
        text = say("organisation.unknown", id=new.organisation_id[:60])
        found.append(Fault("organisation", text, {"field": "organisation"}))
    return found + post_faults(tx, new.holdings)


def name_faults(name: str) -> list[Fault]:
    bare = name.strip()
    if bare and len(bare) <= NAME_LIMIT and bare.isprintable():
        return []
    return [Fault("name", say("person.name", limit=NAME_LIMIT), {"field": "name"})]


def post_faults(tx: Transaction, holdings: tuple[Holding, ...]) -> list[Fault]:
    """Posts that do not exist, or not in an organisation of that kind. ``where`` holds the position in the list."""
    found = []
    for n, held in enumerate(holdings):
        organisation = organisations.get_organisation(tx, held.organisation_id)
        where = {"field": "posts", "position": n + 1}
        if held.post not in HELD_IN:
            found.append(Fault("post", say("post.unknown", post=held.post[:60]), where))
        elif organisation is None:
            found.append(Fault("organisation", say("organisation.unknown", id=held.organisation_id[:60]), where))
        elif organisation.kind not in HELD_IN[held.post]:
            text = say("post.misplaced", post=post_name(held.post), organisation=organisation.name)
            found.append(Fault("post", text, where))
    return found


def told_posts(holdings: tuple[Holding, ...]) -> list[str]:
    """For the history: ``center_clerk@huotian-center``, sorted."""
    return sorted(f"{held.post}@{held.organisation_id}" for held in holdings)
