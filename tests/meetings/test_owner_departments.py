"""The department of an owner is proposed from how minutes name people."""

import pytest

from todoke.meetings.owner_departments import department_named

SECTIONS = ["区民部", "戸籍住民課", "税務課", "DX推進課"]
PEOPLE = {"田中 一郎": "税務課", "佐藤 花子": "戸籍住民課", "佐藤 次郎": "税務課", "石田 秀": "DX推進課"}


@pytest.mark.parametrize(
    ("owner", "department"),
    [
        ("区民部長", "区民部"),
        ("戸籍住民課長", "戸籍住民課"),
        ("税務課 田中", "税務課"),
        ("田中主査", "税務課"),
        ("田中 一郎", "税務課"),
        ("石田委員", "DX推進課"),
        ("事務局", "DX推進課"),
        ("佐藤委員", ""),
        ("事業者", ""),
        ("", ""),
    ],
)
def test_an_owner_has_the_department_that_is_meant_or_none(owner: str, department: str) -> None:
    assert department_named(owner, SECTIONS, PEOPLE, "DX推進課") == department
