"""Chinese texts of the item library: codes, legal bases, power documents."""

TEXTS: dict[str, str] = {}
