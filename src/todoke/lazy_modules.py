"""Lazy modules 要るときの読み込み: large libraries that few acts need are imported by the first act that needs them.

``from todoke.lazy_modules import np`` reads like ``import numpy as np``. A module that names their types needs
``from __future__ import annotations``; an alias of such a type stands under ``TYPE_CHECKING``, and no constant of a
module may be made of them. Together they are 45 MB and a third of a second of each start.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

__all__ = ["LazyModule", "highspy", "np", "pl", "pypdf", "shapely", "typst", "xlsxwriter"]


class LazyModule:
    """要るときに読むモジュール: imports a module when something of it is asked for; safe between threads."""

    def __init__(self, name: str) -> None:
        self._name = name

    def __getattr__(self, name: str) -> Any:
        return getattr(import_module(self._name), name)


if TYPE_CHECKING:
    import highspy
    import numpy as np
    import polars as pl
    import pypdf
    import shapely
    import typst
    import xlsxwriter
else:
    highspy, np, pl, pypdf = LazyModule("highspy"), LazyModule("numpy"), LazyModule("polars"), LazyModule("pypdf")
    shapely, typst, xlsxwriter = LazyModule("shapely"), LazyModule("typst"), LazyModule("xlsxwriter")
