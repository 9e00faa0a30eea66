"""Chinese texts of worker. Keys begin with the noun or the rule they speak of."""

TEXTS: dict[str, str] = {}
