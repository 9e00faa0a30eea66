"""The table of working days."""

from datetime import date

from service.store.calendars import load_days, put_days
from service.store.session import Database


def test_days_come_back_as_they_were_set_and_the_last_word_counts(database: Database) -> None:
    with database.begin() as tx:
        put_days(tx, {date(2022, 10, 1): False, date(2022, 10, 8): True}, source="国办发明电〔2021〕11号")
        put_days(tx, {date(2022, 10, 8): False}, source="更正")
    with database.read() as tx:
        assert load_days(tx) == {date(2022, 10, 1): False, date(2022, 10, 8): False}
