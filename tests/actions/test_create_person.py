"""A new person, entered by the system administrator."""

import pytest

from service.actions.create_person import CreatePerson, create_person
from service.domain.accounts import AccountState
from service.domain.errors import Conflict, Invalid, NotAllowed
from service.store import people
from tests.actions.hall import in_secret, newcomer, row, staff, told
from tests.actions.stage import Stage
from tests.store.together import at_once


@pytest.fixture(autouse=True)
def _staff(stage: Stage) -> None:
    staff(stage)


def test_the_account_waits_without_password_post_or_role(stage: Stage) -> None:
    made = newcomer(stage)
    assert (made.state, made.account.password_hash, made.role, made.auditor) == (AccountState.WAITING, "", None, False)
    assert (made.account.created_by, made.account.created_at) == ("sysadmin", stage.now)
    with stage.database.read() as tx:
        assert people.actor(tx, "lin") is None, "nobody acts before being enabled"
        assert people.holdings_of(tx, ["lin"]) == {"lin": ()}


def test_the_history_tells_it_in_the_accounts_chain_and_the_name_apart(stage: Stage) -> None:
    newcomer(stage)
    (event,) = told(stage, "account/lin")
    assert (event["type"], event["actor"], event["person"]) == ("account.created", "sysadmin", "lin")
    assert "林一" not in str(event)
    assert in_secret(stage, "account/lin")[0]["name"] == "林一（虚构）"


@pytest.mark.parametrize("person", ["secadmin", "auditadmin", "clerk", "reviewer"])
def test_nobody_else_enters_people(stage: Stage, person: str) -> None:
    with pytest.raises(NotAllowed, match="系统管理员"):
        stage.act(person, create_person, CreatePerson("lin", "林一", "huotian-center"))


def test_a_login_is_taken_once_also_two_at_once(stage: Stage) -> None:
    def enter() -> str:
        try:
            newcomer(stage)
        except Conflict as error:
            return str(error)
        return ""

    answers = at_once([enter] * 4)
    assert sorted(bool(answer) for answer in answers) == [False, True, True, True]
    assert "“lin”" in max(answers)
    with pytest.raises(Conflict, match="clerk2"):
        stage.act("sysadmin", create_person, CreatePerson("clerk2", "某", "huotian"))


@pytest.mark.parametrize("login", ["", "a", "Lin", "林", "lin yi", "system", "-lin", "x" * 41, "lin/../x", "ｌin"])
def test_a_login_is_plain(stage: Stage, login: str) -> None:
    with pytest.raises(Invalid) as refused:
        stage.act("sysadmin", create_person, CreatePerson(login, "林一", "huotian-center"))
    assert [fault.where["field"] for fault in refused.value.faults] == ["login"]


def test_everything_wrong_is_told_at_once_and_nothing_is_kept(stage: Stage) -> None:
    with pytest.raises(Invalid) as refused:
        stage.act("sysadmin", create_person, CreatePerson("Lin", " \t", "nowhere"))
    assert [fault.where["field"] for fault in refused.value.faults] == ["login", "name", "organisation"]
    with stage.database.read() as tx:
        assert people.get_person(tx, "Lin") is None
    assert told(stage, "account/Lin") == []


def test_names_are_kept_without_blanks_round_them(stage: Stage) -> None:
    assert newcomer(stage, name="  林一（虚构） ").name == row(stage, "lin").name == "林一（虚构）"
