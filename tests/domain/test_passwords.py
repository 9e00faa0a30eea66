"""What a password must be like."""

import pytest

from service.api.passwords import is_common, one_time_password
from service.domain.passwords import ASVS, DENGBAO, PasswordProfile, classes_of, password_faults


def _wrong(
    password: str, profile: PasswordProfile = DENGBAO, *, login: str = "lin", name: str = "林小一（虚构）"
) -> list[str]:
    return [
        f.code.removeprefix("password-")
        for f in password_faults(password, profile, login=login, name=name, common=is_common)
    ]


@pytest.mark.parametrize(
    "password", ["Wei-shan-72", "gruene7Wiese!", "QUITTE+rot9x", "七月流火Q9z-大河", "Tr4umhaus_im_Tal"]
)
def test_good_ones_are_good(password: str) -> None:
    assert _wrong(password) == []


@pytest.mark.parametrize(
    "password",
    [
        "Password2026!", "P@ssw0rd123", "Admin@2026", "Qwer1234!@#$", "1qaz@WSX3edc", "Abcd1234!!", "Woaini1314!",
        "Yunxiao@2026", "Zhang123456!", "1234567890!!", "QWERTYuiop1!", "Aa1!Aa1!Aa1!",
        "!@#$%^&*()", "Oneseal2026!", "Yizhangtong@1", "Mima@123456", "xxxxxxxxxX1!",
    ],
)  # fmt: skip
def test_what_everybody_tries_first_is_common(password: str) -> None:
    assert "common" in _wrong(password), password


def test_the_profiles_differ_in_length_kinds_and_time() -> None:
    assert _wrong("Kurz-7wort") == []
    assert _wrong("Kurz-7wor") == ["short"]
    assert _wrong("nur buchstaben hier") == ["classes"]
    assert _wrong("nur buchstaben hier", ASVS) == []
    assert _wrong("elf zeichen", ASVS) == ["short"]
    assert (DENGBAO.remembered, DENGBAO.longest_age and DENGBAO.longest_age.days, ASVS.longest_age) == (5, 90, None)


@pytest.mark.parametrize(
    ("password", "login", "name"),
    [
        ("huotian-CLERK-77x", "clerk", "方一鸣"),
        ("Xy-7-方一鸣-river", "clerk", "方一鸣（虚构）"),
        ("Xy-7-林一-river-", "zzz", "林一（虚构）"),
        ("Smith-72-rivers", "zzz", "smith"),
    ],
)
def test_login_and_name_do_not_stand_in_it(password: str, login: str, name: str) -> None:
    assert _wrong(password, login=login, name=name) == ["personal"]


def test_a_login_of_two_letters_forbids_nothing() -> None:
    assert _wrong("Wei-shan-72", login="ei", name="李") == []


@pytest.mark.parametrize(
    ("password", "count"),
    [("", 0), ("abc", 1), ("aB", 2), ("aB1", 3), ("aB1-", 4), ("ab1", 2), ("密码", 1), ("密a1B", 4)],
)
def test_kinds_of_character_are_four(password: str, count: int) -> None:
    assert classes_of(password) == count


def test_a_one_time_password_is_good_by_every_profile_and_never_the_same() -> None:
    made = {one_time_password() for _ in range(200)}
    assert len(made) == 200
    for password in made:
        assert _wrong(password) == _wrong(password, ASVS) == []
        assert not set(password) & set("0O1lI")
        assert len(password) == 19
