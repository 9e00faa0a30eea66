"""Codes of service items: 基本编码 12, 实施编码 31, 业务办理项编码 33 characters; GB 32100 check character of the organisation."""

ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"  # GB 32100-2015: no I O S V Z
WEIGHTS = [3**n % 31 for n in range(17)]
LENGTHS = (12, 31, 33)
OLD_LENGTHS = (10, 24)  # GB/T 39046-2020 still prints these


def credit_code_fits(code: str) -> bool:
    """Whether 18 characters are a 统一社会信用代码 with the right check character."""
    if len(code) != 18 or any(c not in ALPHABET for c in code):
        return False
    total = sum(ALPHABET.index(c) * w for c, w in zip(code, WEIGHTS, strict=False))
    return ALPHABET[(31 - total % 31) % 31] == code[17]


def code_fault(catalog_code: str, task_code: str) -> str:
    """A key of the text catalogue saying what is wrong, or empty. Codes may be missing: many items have none at hand."""
    for code in filter(None, (catalog_code, task_code)):
        if len(code) in OLD_LENGTHS:
            return "precheck.code_old"
        if len(code) not in LENGTHS or not code.isalnum():
            return "precheck.code_length"
    if len(task_code) >= 31:
        if not credit_code_fits(task_code[:18]):
            return "precheck.code_check"
        if catalog_code and task_code[19:31] != catalog_code:
            return "precheck.code_differs"
    return ""
