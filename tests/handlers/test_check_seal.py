"""核对专用章."""

from tests.handlers.desk import run


def test_it_finds_the_active_seal_so_that_none_is_engraved_twice() -> None:
    data = run("check_seal", active_seal={"id": "s1", "name": "火田镇便民服务中心审核审批专用章"}).data
    assert data == {"seal_ready": True, "seal_id": "s1", "seal_name": "火田镇便民服务中心审核审批专用章"}


def test_it_says_when_there_is_none() -> None:
    assert run("check_seal").data == {"seal_ready": False, "seal_id": None, "seal_name": ""}
