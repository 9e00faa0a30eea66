"""Chinese texts of tables that are imported and exported."""

TEXTS: dict[str, str] = {}
