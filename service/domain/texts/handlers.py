"""Chinese texts of handlers. Keys begin with the noun or the rule they speak of."""

TEXTS: dict[str, str] = {}
