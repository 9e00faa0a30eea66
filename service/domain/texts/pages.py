"""Chinese texts of the pages."""

TEXTS: dict[str, str] = {}
