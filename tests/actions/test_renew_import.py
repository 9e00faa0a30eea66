"""A preview that no longer fits is made anew of the same workbook."""

import pytest

from service.actions.renew_import import RenewImport, renew_import
from service.domain.errors import Conflict, NotAllowed, NotFound
from service.domain.sheets.batch import BatchStatus
from tests.actions import handed_in
from tests.actions.handed_in import PERSON, PLACE, confirm, imported, lines, preview, stored
from tests.actions.stage import Stage

MOVED = PERSON | {"organisation_id": "nanping"}


@pytest.fixture(autouse=True)
def manned(stage: Stage) -> None:
    handed_in.man(stage)


def test_what_was_missing_and_is_there_now_is_no_fault_any_more(stage: Stage) -> None:
    batch = preview(stage, "sysadmin", people=[MOVED])
    assert batch.status is BatchStatus.FAULTY
    imported(stage, "sysadmin", organisations=[PLACE])
    newer = stage.act("sysadmin", renew_import, RenewImport(batch.id))
    assert (newer.status, newer.sha256, newer.file_name) == (BatchStatus.READY, batch.sha256, batch.file_name)
    assert lines(stage, newer)[0].values["organisation_id"] == "nanping"
    assert confirm(stage, "sysadmin", newer).status is BatchStatus.APPLIED


def test_the_old_preview_leads_to_the_new_one_and_cannot_be_confirmed(stage: Stage) -> None:
    batch = preview(stage, "sysadmin", organisations=[PLACE])
    newer = stage.act("sysadmin", renew_import, RenewImport(batch.id))
    assert (stored(stage, batch).status, stored(stage, batch).renewed_as) == (BatchStatus.RENEWED, newer.id)
    with pytest.raises(Conflict, match="重新预览"):
        confirm(stage, "sysadmin", batch)
    with pytest.raises(Conflict, match="重新预览"):
        stage.act("sysadmin", renew_import, RenewImport(batch.id))


def test_what_is_stored_is_not_previewed_again(stage: Stage) -> None:
    batch = imported(stage, "sysadmin", organisations=[PLACE])
    with pytest.raises(Conflict, match="导入"):
        stage.act("sysadmin", renew_import, RenewImport(batch.id))


def test_only_who_may_import_it_renews_it(stage: Stage) -> None:
    batch = preview(stage, "sysadmin", organisations=[PLACE])
    with pytest.raises(NotAllowed):
        stage.act("secadmin", renew_import, RenewImport(batch.id))
    with pytest.raises(NotFound):
        stage.act("sysadmin", renew_import, RenewImport("none"))
