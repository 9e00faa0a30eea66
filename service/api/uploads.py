"""Which files may come in, and how large each kind may be. The kind goes by the name; what we serve goes by the kind, never by the sender."""

from dataclasses import dataclass
from pathlib import PurePath

from service.actions.upload_file import NAME_LIMIT, is_honest
from service.domain.errors import Invalid

MIB = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Kind:
    """``limit`` in bytes."""

    media_type: str
    limit: int


KINDS: dict[str, Kind] = {
    ".pdf": Kind("application/pdf", 50 * MIB),
    ".ofd": Kind("application/ofd", 50 * MIB),
    ".doc": Kind("application/msword", 20 * MIB),
    ".docx": Kind("application/vnd.openxmlformats-officedocument.wordprocessingml.document", 20 * MIB),
    ".wps": Kind("application/vnd.ms-works", 20 * MIB),
    ".xls": Kind("application/vnd.ms-excel", 20 * MIB),
    ".xlsx": Kind("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", 20 * MIB),
    ".et": Kind("application/vnd.ms-excel", 20 * MIB),
    ".jpg": Kind("image/jpeg", 20 * MIB),
    ".jpeg": Kind("image/jpeg", 20 * MIB),
    ".png": Kind("image/png", 20 * MIB),
    ".tif": Kind("image/tiff", 50 * MIB),
    ".tiff": Kind("image/tiff", 50 * MIB),
    ".txt": Kind("text/plain", 5 * MIB),
}


def kind_of(name: str) -> Kind:
    """Invalid for a name that could deceive or not be kept; else it names the suffix and what may come instead."""
    if not is_honest(name):
        raise Invalid("upload.name")
    suffix = PurePath(name).suffix.lower()
    if suffix not in KINDS:
        raise Invalid("upload.kind", suffix=suffix or name[:40], known="、".join(sorted(KINDS)))
    return KINDS[suffix]


def sheet_name(name: str) -> str:
    """Of a workbook to import: honest and .xlsx, or Invalid."""
    if not name.lower().endswith(".xlsx"):
        shown = "".join(c for c in name if c.isprintable())[:60]
        raise Invalid("sheet.name", name=shown)
    kind_of(name)
    return name[-NAME_LIMIT:]
