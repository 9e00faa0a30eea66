"""Chinese texts of backup, restore, upgrade and retention."""

TEXTS: dict[str, str] = {}
