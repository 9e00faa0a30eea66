"""Chinese texts of accounts: passwords, sessions, second factor, roles."""

TEXTS: dict[str, str] = {}
