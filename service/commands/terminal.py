"""What every command shares: its settings, its house, and how it speaks to whoever typed it."""

from collections.abc import Iterator
from contextlib import contextmanager

from pydantic import ValidationError
from pydantic_core import ErrorDetails
from rich.console import Console

from service import logs, touring
from service.domain.errors import Conflict, Unavailable
from service.domain.texts import say
from service.settings import Settings
from service.wiring import House, build

OUR_WORDS = ("int_parsing", "bool_parsing", "greater_than_equal", "less_than_equal", "literal_error")
out, err = Console(highlight=False, emoji=False), Console(stderr=True, highlight=False, emoji=False)


def settings_given(*, demo: bool = False) -> Settings:
    try:
        found = Settings()
    except ValidationError as error:
        for wrong in error.errors():
            name = f"ONESEAL_{str(wrong['loc'][0]).upper()}" if wrong["loc"] else "ONESEAL_*"
            tell(say("cli.bad_setting", name=name, why=_why(wrong)), on=err)
        raise SystemExit(2) from error
    return found.model_copy(update={"demo": True}) if demo else found


def _why(wrong: ErrorDetails) -> str:
    """What is wrong with a setting: in our words, where we have some."""
    given = wrong.get("ctx", {})
    if isinstance(given.get("error"), ValueError):
        return str(given["error"])
    return say(f"setting.{wrong['type']}", **given) if wrong["type"] in OUR_WORDS else wrong["msg"]


@contextmanager
def open_house(*, demo: bool = False, log_level: str = "") -> Iterator[House]:
    settings = settings_given(demo=demo)
    logs.set_up(settings.log_format, log_level or settings.log_level)
    house = build(settings)
    try:
        yield house
    except Unavailable:
        fail(say("cli.no_database", database=touring.described(settings)))
    finally:
        house.close()


def must_be_ready(house: House) -> None:
    why = house.ready()
    if why:
        fail(say("cli.not_ready", why=why))


def must_keep_time(house: House) -> None:
    """Whoever lets cases run on a demo's database must say that it is one."""
    try:
        with house.database.read() as tx:
            house.clock.refuse_moved(tx)
    except Conflict as error:
        fail(say("cli.moved_clock", why=error))


def tell(sentence: str, *, on: Console = out) -> None:
    """As it stands: brackets are no markup, and a sentence is one line however narrow the window."""
    on.print(sentence, markup=False, soft_wrap=True)


def fail(sentence: str) -> None:
    tell(sentence, on=err)
    raise SystemExit(2)
