"""The demo: an example county, a service, and the tour through the main job over HTTP."""

import tempfile
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console

from service import logs
from service.actions.replay_case import replay_case
from service.actions.verify_history import verify_history
from service.api.passwords import hash_password
from service.demo.county import DEMO_PASSWORD, load_county
from service.demo.tour import play
from service.domain.texts import say
from service.running import served
from service.settings import Settings
from service.shipping import deploy_missing
from service.store import cases
from service.store.session import normal_url
from service.wiring import House, build

PACE = 0.4  # seconds between two steps of the demo, so that a person can follow


def prepare(house: House) -> None:
    """Schema, county and diagrams; everything that is there already stays."""
    house.migrate()
    load_demo_county(house)
    deploy_missing(house, say("cli.demo_note"))


def load_demo_county(house: House) -> None:
    """云霄县 with invented people, once per database."""
    with house.database.begin() as tx:
        load_county(house.frame(tx, channel="cli"), password_hash=hash_password(DEMO_PASSWORD))


def show(url: str, house: House, console: Console) -> None:
    """Play the tour slowly against the running service, and say that it stays up."""
    play(base_url=url, password=DEMO_PASSWORD, pace=PACE, database=described(house.settings), console=console)
    console.print(say("cli.stays_up", url=url, password=DEMO_PASSWORD), markup=False, soft_wrap=True)


def run_tour(settings: Settings, *, keep: bool, console: Console) -> bool:
    """At full speed against a service of its own; afterwards every chain is verified and every case replayed. False if anything fell."""
    logs.set_up(settings.log_format, "error")
    if keep:
        return _tour(settings, console)
    with tempfile.TemporaryDirectory(prefix="oneseal-tour-") as folder:
        url = f"sqlite:///{Path(folder) / 'oneseal.db'}"
        return _tour(settings.model_copy(update={"database_url": url}), console)


def _tour(settings: Settings, console: Console) -> bool:
    house = build(settings)
    try:
        prepare(house)
        with served(house) as url:
            played = play(base_url=url, password=DEMO_PASSWORD, pace=0.0, database=described(settings), console=console)
        return played and check(house).print(console)
    finally:
        house.close()


@dataclass(frozen=True, slots=True)
class Checked:
    """What a look at the whole database found."""

    chains: int
    events: int
    broken: int
    replayed: int
    differing: tuple[str, ...]

    def print(self, console: Console) -> bool:
        """Silent when all is well: the last line belongs to the tour."""
        good = not self.broken and not self.differing
        if not good:
            told = say("cli.check_failed", broken=self.broken, differing="、".join(self.differing))
            console.print(told, markup=False, soft_wrap=True)
        return good


def check(house: House) -> Checked:
    """Verify every chain and replay every case, all at one moment."""
    with house.database.read() as tx:
        found = verify_history(tx)
        ids = cases.all_case_ids(tx)
        differing = tuple(id for id in ids if not replay_case(tx, id, bundles=house.bundles).same)
    return Checked(found.chains, found.events, len(found.breaks), len(ids), differing)


def described(settings: Settings) -> str:
    """The database without its password, for people to read."""
    head, at, tail = normal_url(settings.database_url).rpartition("@")
    return f"{head.partition('://')[0]}://{tail}" if at else tail
