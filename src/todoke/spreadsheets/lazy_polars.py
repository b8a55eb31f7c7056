"""Lazy polars 要るときの読み込み: the table library is imported by the first act in each process that needs it.

``from todoke.spreadsheets.lazy_polars import pl`` reads like ``import polars as pl``. A module that names its types
needs ``from __future__ import annotations``, and no constant of it may be made of them.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

__all__ = ["LazyModule", "pl"]


class LazyModule:
    """要るときに読むモジュール: imports a module when something of it is asked for; safe between threads."""

    def __init__(self, name: str) -> None:
        self._name = name

    def __getattr__(self, name: str) -> Any:
        return getattr(import_module(self._name), name)


if TYPE_CHECKING:
    import polars as pl
else:
    pl = LazyModule("polars")
    """24 MB of every process."""
