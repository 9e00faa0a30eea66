"""Reading JSON strictly, and in a time that grows with its length."""

import time

import pytest

from service.api.bodies import MOST_MEMBERS, read_json
from service.domain.errors import Invalid


def _seconds(members: int) -> float:
    body = "{" + ",".join(f'"{n}":1' for n in range(members)) + f',"{members - 1}":1}}'
    begun = time.thread_time()
    with pytest.raises(Invalid, match="两次"):
        read_json(body.encode())
    return time.thread_time() - begun


def test_a_key_twice_is_found_in_a_time_that_grows_with_the_body() -> None:
    """It was the square of it once: 40,000 keys stopped the whole process for a minute."""
    small = min(_seconds(MOST_MEMBERS // 10) for _ in range(5))
    large = min(_seconds(MOST_MEMBERS - 1) for _ in range(5))
    assert large < small * 40


def test_an_object_has_only_so_many_members() -> None:
    body = "{" + ",".join(f'"{n}":1' for n in range(MOST_MEMBERS + 1)) + "}"
    with pytest.raises(Invalid, match=str(MOST_MEMBERS)):
        read_json(body.encode())


@pytest.mark.parametrize("number", ["1e999999999999999999999", "-1e400", "1e61", "1" * 81, "0." + "1" * 90])
def test_numbers_have_an_end(number: str) -> None:
    with pytest.raises(Invalid, match="数字"):
        read_json(f'{{"a": {number}}}'.encode())


def test_numbers_stay_exact() -> None:
    assert str(read_json(b'{"a": 0.10}')["a"]) == "0.10"
