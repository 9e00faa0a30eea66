"""An uploaded workbook on its way: previewed, then imported whole or not at all."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from service.domain.sheets.columns import Fault


class BatchStatus(StrEnum):
    FAULTY = "faulty"  # 有错误: cannot be imported
    READY = "ready"  # 待确认
    APPLIED = "applied"  # 已导入
    RENEWED = "renewed"  # 已重新预览: another batch took its place


@dataclass(frozen=True, slots=True)
class Batch:
    """``sha256`` of the file. ``counts``: kind -> state -> rows. ``faults``: those of headings; ``notes``: sentences.

    ``digest``: of the whole plan, so of the file and the rows it was compared with. ``renewed_as``: the batch that took its place.
    """

    id: str
    file_name: str
    sha256: str
    added_by: str
    added_at: datetime
    status: BatchStatus
    kinds: tuple[str, ...]
    counts: Mapping[str, Mapping[str, int]]
    faults: tuple[Fault, ...]
    notes: tuple[str, ...]
    digest: str
    closed_by: str = ""
    closed_at: datetime | None = None
    renewed_as: str | None = None

    def count(self, state: str) -> int:
        return sum(found.get(state, 0) for found in self.counts.values())
