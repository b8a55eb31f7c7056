"""Banks 金融機関: looks up banks and branches of the Zengin list (全銀協) by names as people write them.

Source: the package zengin-code, a snapshot; a bank may be newer.
"""

import unicodedata
from functools import cache
from importlib import import_module
from typing import Any

_SHORT = (
    ("信用金庫", "信金"), ("信用組合", "信組"), ("農業協同組合", "農協"), ("労働金庫", "労金"),
    ("ゆうちょ銀行", "ゆうちょ"), ("銀行", ""),
)  # fmt: skip


def _key(name: str) -> str:
    """Return the form of a name for comparison."""
    key = unicodedata.normalize("NFKC", name).upper().replace(" ", "")
    for long, short in _SHORT:
        key = key.replace(long, short)
    return f"{key.removeprefix('JA')}農協" if key.startswith("JA") else key


@cache
def _banks() -> dict[str, Any]:
    """Return every bank by its code; read when first asked for, because the list takes 20 MB of every process."""
    return dict(import_module("zengin_code").Bank.all)


@cache
def _codes() -> dict[str, str]:
    return {_key(bank.name): code for code, bank in _banks().items()}


@cache
def _branches(code: str) -> frozenset[str]:
    return frozenset(_key(branch.name) for branch in _banks()[code].branches.values())


def bank_code(name: str) -> str | None:
    """Return the four-digit code (金融機関コード) of a bank by its name, or by the code itself; None when unknown."""
    key = _key(name)
    return key if key in _banks() else _codes().get(key)


def has_branch(code: str, name: str) -> bool:
    """Tell whether a bank has a branch of this name (with or without 支店) or three-digit number."""
    key = _key(name)
    known = _branches(code)
    number = key.removesuffix("支店").removesuffix("店")
    return bool({key, key.removesuffix("支店"), f"{key}支店"} & known) or number in _banks()[code].branches
