"""XES values XES の値: the values of attributes, as they are read, as times or as codes of texts."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from todoke.flows.mining.coded_column import EMPTY, CodedColumn
from todoke.flows.mining.iso_times import NO_TIME, Numbers, iso_microseconds
from todoke.flows.mining.text_slices import TextSlices
from todoke.flows.mining.xes_attributes import NotFlat
from todoke.lazy_modules import np

if TYPE_CHECKING:
    import numpy.typing as npt

LONGEST = 2_000
"""Bytes of a value."""
OPENING = b' value="'
_ENTITIES = {"&lt;": "<", "&gt;": ">", "&amp;": "&", "&quot;": '"', "&apos;": "'"}
_ENTITY = re.compile("|".join(_ENTITIES))


@dataclass
class XesValues:
    """値: an attribute has times (``is_time``) where all values that were read first are ISO times, else texts."""

    is_time: Callable[[str], bool]
    _times: set[str] = field(default_factory=set)
    _words: dict[str, dict[str, int]] = field(default_factory=dict)
    _constants: dict[tuple[str, str], int] = field(default_factory=dict)

    def read(self, name: str, slices: TextSlices, starts: Numbers, ends: Numbers) -> npt.NDArray[Any]:
        """Return the values of an attribute, which stand after `` value="``: microseconds or codes. Raises NotFlat."""
        if (times := self._times_at(name, slices.text, starts, ends)) is not None:
            return times
        if (ends - starts).max() > LONGEST:
            raise NotFlat
        words = self._words.setdefault(name, {})
        skip = len(OPENING)
        return slices.coded(starts - skip, ends, lambda text: words.setdefault(_plain(text[skip:]), len(words)))

    def constant(self, name: str, value: str) -> int:
        """Return one value of an attribute as it stands in its column. Raises NotFlat."""
        if (name, value) not in self._constants:
            text = value.encode()
            times = self._times_at(name, text, np.array([0]), np.array([len(text)]))
            words = self._words.setdefault(name, {}) if times is None else {}
            self._constants[name, value] = words.setdefault(value, len(words)) if times is None else int(times[0])
        return self._constants[name, value]

    def _times_at(self, name: str, text: bytes, starts: Numbers, ends: Numbers) -> Numbers | None:
        """Return the values of an attribute as times; None where it has texts. Raises NotFlat where it has both."""
        if name in self._words or not self.is_time(name):
            return None
        times = iso_microseconds(text, starts, ends)
        if times is not None:
            self._times.add(name)
        elif name in self._times:
            raise NotFlat
        return times

    def nothing(self, name: str, height: int) -> npt.NDArray[Any]:
        """Return the column of an attribute of which no row has a value."""
        return np.full(height, NO_TIME) if name in self._times else np.full(height, EMPTY, np.int32)

    def column(self, name: str, values: npt.NDArray[Any]) -> CodedColumn | Numbers:
        """Return the column of values that were read."""
        return values if name in self._times else CodedColumn(values, list(self._words[name]))


def is_empty(values: npt.NDArray[Any]) -> npt.NDArray[np.bool_]:
    """Tell of each row of a column whether it has no value."""
    found: npt.NDArray[np.bool_] = values == (EMPTY if values.dtype == np.int32 else NO_TIME)
    return found


def _plain(text: bytes) -> str:
    """Return a value without the entities by which it is written."""
    value = text.decode()
    return _ENTITY.sub(lambda entity: _ENTITIES[entity[0]], value) if "&" in value else value
