"""Chinese texts of actions. Keys begin with the noun or the rule they speak of."""

TEXTS: dict[str, str] = {}
