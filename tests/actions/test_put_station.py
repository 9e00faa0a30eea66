"""七站八所登记."""

from typing import Any

import pytest

from service.actions.put_station import PutStation, put_station
from service.domain.errors import Invalid, NotAllowed, NotFound, Stale
from service.domain.library import Station, StationStatus
from service.domain.people import Holding, Person
from service.store import library, people
from tests.actions.bookshelf import eight, told
from tests.actions.stage import Stage

ABOLISHED = {"name": "农技站", "status": StationStatus.ABOLISHED, "abolition_number": "示例云编[2019]5号"}


@pytest.fixture
def offices(shelf_stage: Stage) -> Stage:
    with shelf_stage.database.begin() as tx:
        for id in ("huotian", "heping"):
            clerk = Person(f"{id}-office", f"{id}党政办（虚构）", id, fictional=True)
            people.add_person(tx, clerk, holdings=(Holding("party_office_clerk", id),))
    return shelf_stage


def enter(stage: Stage, person: str = "reform-clerk", township: str = "huotian", **said: Any) -> Station:
    return stage.act(person, put_station, PutStation(ABOLISHED | said, "nongji", township, new=True))


@pytest.mark.parametrize("person", ["reform-clerk", "huotian-office"])
def test_the_office_or_the_township_enters_it(offices: Stage, person: str) -> None:
    made = enter(offices, person, aliases=("农业技术推广站",))
    assert (made.abolition_number, made.township_id, made.version) == ("示例云编〔2019〕5号", "huotian", 1)
    with offices.database.read() as tx:
        assert library.stations_of(tx, "huotian") == [made]
    assert [e.actor_id for e in told(offices, "station/nongji")] == [person]


@pytest.mark.parametrize("person", ["heping-office", "minzheng-clerk", "clerk", "sysadmin"])
def test_nobody_speaks_for_another_township(offices: Stage, person: str) -> None:
    with pytest.raises(NotAllowed):
        enter(offices, person)
    enter(offices)
    with pytest.raises(NotAllowed):
        offices.act(person, put_station, PutStation({"note": "x"}, "nongji", "heping"))


@pytest.mark.parametrize("status", [StationStatus.ABOLISHED, StationStatus.MERGED, StationStatus.RENAMED])
def test_nobody_calls_a_station_gone_without_the_documents_number(offices: Stage, status: StationStatus) -> None:
    with pytest.raises(Invalid) as refused:
        enter(offices, status=status, abolition_number="", successor="农业服务中心")
    assert [f.code for f in refused.value.faults] == ["no-abolition"]
    enter(offices, status=StationStatus.UNCLEAR, abolition_number="")


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ({"name": ""}, "needed"),
        ({"abolition_number": "5号"}, "number-form"),
        ({"status": StationStatus.MERGED}, "needed"),
    ],
)
def test_it_names_what_is_wrong(offices: Stage, said: dict[str, Any], code: str) -> None:
    with pytest.raises(Invalid) as refused:
        enter(offices, **said)
    assert [f.code for f in refused.value.faults] == [code]


def test_a_station_stands_in_a_township_once_and_does_not_move(offices: Stage) -> None:
    enter(offices)
    for township, code in (
        ("huotian", "station-twice"),
        ("minzheng", "no-such-township"),
        ("none", "no-such-township"),
    ):
        with pytest.raises(Invalid) as refused:
            offices.act("reform-clerk", put_station, PutStation(ABOLISHED, "second", township, new=True))
        assert [f.code for f in refused.value.faults] == [code]
    offices.act("reform-clerk", put_station, PutStation(ABOLISHED, "second", "heping", new=True))
    moved = offices.act("reform-clerk", put_station, PutStation({"township_id": "heping"}, "nongji", "heping"))
    assert moved.township_id == "huotian"


def test_it_is_entered_once_and_changed_as_seen(offices: Stage) -> None:
    assert eight(lambda: enter(offices)) == ["conflict"] * 7 + ["done"]
    order = PutStation({"note": "核实中"}, "nongji", if_match=1)
    assert offices.act("huotian-office", put_station, order).version == 2
    with pytest.raises(Stale):
        offices.act("huotian-office", put_station, order)
    with pytest.raises(NotFound):
        offices.act("reform-clerk", put_station, PutStation({}, "none"))
