"""Chinese texts of working days and deadlines."""

TEXTS: dict[str, str] = {}
