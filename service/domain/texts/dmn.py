"""Chinese texts about decisions (DMN): what cannot be read, and why a decision has no result."""

TEXTS: dict[str, str] = {}
