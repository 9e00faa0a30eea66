"""Chinese texts of backup, restore, upgrade and retention."""

TEXTS: dict[str, str] = {
    "setting.trusted_proxies": "{part} 不是地址或网段，应如 10.1.2.3 或 10.1.2.0/24，多个用逗号隔开",
}
