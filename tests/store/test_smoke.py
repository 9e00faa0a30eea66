from service.store.session import Database
from service.store.schema import differences
from service.store import counters, events, organisations, people
from service.domain.people import *


def test_it(database):
    with database.begin() as tx:
        assert counters.next_number(tx, "a") == 1
        organisations.add_organisation(tx, Organisation("y", "y", "y", OrgKind.COUNTY))
        people.add_person(tx, Person("p", "p", "y"), holdings=[Holding("center_clerk", "y")], roles=[Role.SYSTEM_ADMIN])
        assert events.chain_head(tx, "x")[0] == 0
    with database.read() as tx:
        print(people.actor(tx, "p"))
    assert differences(database.url) == []
