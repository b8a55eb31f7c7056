"""Flat XES 入れ子のない XES: reads traces whose attributes have none of their own as columns, block by block.

Nearly every program writes logs so: ``<string key="…" value="…"/>`` within ``<trace>`` and ``<event>``. A block is
cut at its quotes. What then stands from the end of one value to the end of the next key repeats itself, so that each
different text is checked once; a log with anything else (nested attributes, comments, other quotes) is left to the XML
parser.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import pairwise
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

from todoke.flows.mining.coded_column import CodedColumn, first_rows
from todoke.flows.mining.iso_times import Numbers
from todoke.flows.mining.text_slices import WORD, TextSlices
from todoke.flows.mining.xes_attributes import CASE, NotFlat, XesAttributes
from todoke.flows.mining.xes_values import LONGEST, XesValues, is_empty
from todoke.lazy_modules import np

if TYPE_CHECKING:
    import numpy.typing as npt

BLOCK_BYTES = 1 << 20
MOST_AT_ONCE = 8 << 20
MOST_LEARNED = 10_000
"""Different texts from the end of a value to the end of the next key."""
_BETWEEN_ATTRIBUTES = re.compile(
    r"\s*/>\s*((?:</?(?:trace|event)>\s*)*)<(?:string|date|int|float|boolean|id) key=", re.ASCII
)
_DEPTHS = {"<trace>": (0, 1), "<event>": (1, 2), "</event>": (2, 1), "</trace>": (1, 0)}
"""The depth before and after a tag."""
_TRACE, _EVENT = 1, 2
_WHITE = b" \t\r\n"
_AFTER_KEY = b'" value='
_OTHER_ENTITY = re.compile(rb"&(?!(?:lt|gt|amp|quot|apos);)")
_NO_CHARACTERS = ("\ufffe".encode(), "\uffff".encode())
Columns: TypeAlias = "dict[str, npt.NDArray[Any]]"


def trace_blocks(read: Callable[[int], bytes], begun: bytes) -> Iterator[memoryview]:
    """Yield ``begun`` and what ``read`` returns after it, in blocks of whole traces.

    Raises NotFlat where a trace is too long, and where the log does not end after the last one.
    """
    rest, more = begun, b""
    while True:
        rest += more
        end = rest.rfind(b"</trace>") + len(b"</trace>")
        if end >= len(b"</trace>"):
            yield memoryview(rest)[:end]
            rest = rest[end:]
        if len(rest) > MOST_AT_ONCE:
            raise NotFlat
        if not (more := read(BLOCK_BYTES)):
            break
    if rest.strip(_WHITE) != b"</log>":
        raise NotFlat


class _Leads(NamedTuple):
    """Of texts from the end of a value to the end of the next key: what they have, a column each.

    That is: how many traces and events begin in it, the change of depth, the depth after it (-1 without a tag), how
    many signs it has that no value holds, and the code of the key.
    """

    traces: npt.NDArray[np.int32]
    events: npt.NDArray[np.int32]
    change: npt.NDArray[np.int32]
    after: npt.NDArray[np.int32]
    signs: npt.NDArray[np.int32]
    key: npt.NDArray[np.int32]


class FlatEvents:
    """平らな記録: the events of the blocks of one log that were read, the kept attributes as columns."""

    def __init__(self, attributes: XesAttributes, is_time: Callable[[str], bool]) -> None:
        self.height = 0
        self._attributes, self._values = attributes, XesValues(is_time)
        self._codes: dict[bytes, int] = {}
        self._leads = np.empty((len(_Leads._fields), 0), np.int32)
        self._keys: dict[str, int] = {}
        self._blocks: list[tuple[int, Columns]] = []

    def columns(self) -> dict[str, CodedColumn | Numbers]:
        """Return the attributes of which an event has a value: times in microseconds, or texts."""
        found: dict[str, CodedColumn | Numbers] = {}
        for name in dict.fromkeys(name for _, columns in self._blocks for name in columns):
            nothing = self._values.nothing
            parts = [columns[name] if name in columns else nothing(name, height) for height, columns in self._blocks]
            column = np.concatenate(parts)
            if not is_empty(column).all():
                found[name] = self._values.column(name, column)
        return found

    def read(self, block: bytes | memoryview) -> None:
        """Take in a block of whole traces. Raises NotFlat."""
        slices = TextSlices(b"".join((b"/>", block, b'<string key="')))
        signs = _checked_signs(slices)
        quotes = np.flatnonzero(slices.letters == ord('"'))
        key_ends, starts, ends = quotes[1::4], quotes[2::4] + 1, quotes[3::4]
        if len(quotes) % 4 != 1 or (starts - key_ends != WORD + 1).any() or not slices.all_begin(key_ends, _AFTER_KEY):
            raise NotFlat
        lead_ends = np.append(key_ends, len(slices.text))
        leads = self._leads_at(slices, np.append(0, ends + 1), lead_ends)
        depth = leads.change.cumsum()
        if ((leads.after >= 0) & (leads.after != depth)).any() or depth[-1] != 0 or (depth[:-1] == 0).any():
            raise NotFlat
        if leads.signs.sum() != signs:
            raise NotFlat
        trace, event = leads.traces.cumsum() - 1, leads.events.cumsum() - 1
        of_its_trace = trace[leads.events == 1]
        height, has_value = len(of_its_trace), ends > starts
        columns: Columns = {}
        for level, prefix, row, rows in ((_EVENT, "", event, height), (_TRACE, CASE, trace, trace[-1] + 1)):
            at = np.flatnonzero(has_value & (depth[:-1] == level))
            for name, chosen in self._kept(leads.key[at], prefix):
                places = at[chosen]
                column = self._values.read(name, slices, starts[places], ends[places])
                whole = self._values.nothing(name, rows)
                whole[row[places]] = column
                _fill(columns, name, whole if level == _EVENT else whole[of_its_trace])
            for name, value in self._attributes.declared["event" if level == _EVENT else "trace"].items():
                constant = self._values.constant(name, value)
                _fill(columns, name, np.full_like(self._values.nothing(name, height), constant))
        self._blocks.append((height, columns))
        self.height += height

    def _kept(self, keys: npt.NDArray[np.int32], prefix: str) -> Iterator[tuple[str, npt.NDArray[np.bool_]]]:
        """Yield the names of the kept attributes of these keys, and which of the keys they have. Raises NotFlat."""
        first = first_rows(keys, len(self._keys))
        words = list(self._keys)
        used = {words[code]: code for code in np.argsort(first) if first[code] >= 0}
        if any("&" in key for key in used):
            raise NotFlat
        for key in self._attributes.kept(filter(None, used), prefix):
            yield prefix + key, keys == used[key]

    def _leads_at(self, slices: TextSlices, starts: Numbers, ends: Numbers) -> _Leads:
        """Return what these texts have, of which each different one is checked once. Raises NotFlat."""
        lengths = ends - starts
        if lengths.min() < WORD or lengths.max() > LONGEST:
            raise NotFlat
        codes = slices.coded(starts, ends, lambda lead: self._codes.setdefault(lead, len(self._codes)))
        if len(self._codes) > MOST_LEARNED:
            raise NotFlat
        if new := list(self._codes)[self._leads.shape[1] :]:
            more = np.array([_read_lead(lead, self._keys) for lead in new], np.int32)
            self._leads = np.concatenate((self._leads, more.T), axis=1)
        return _Leads(*self._leads[:, codes])


def _fill(columns: Columns, name: str, values: npt.NDArray[Any]) -> None:
    """Give a column these values where it has none."""
    if name not in columns:
        columns[name] = values
    elif (missing := is_empty(columns[name])).any():
        columns[name] = np.where(missing, values, columns[name])


def _checked_signs(slices: TextSlices) -> int:
    """Return the number of bytes that no value holds: ``<`` and those below the blank. Raises NotFlat."""
    text = slices.text
    try:
        text.decode()
    except UnicodeDecodeError as problem:
        raise NotFlat from problem
    if (b"\xef" in text and any(code in text for code in _NO_CHARACTERS)) or (
        b"&" in text and _OTHER_ENTITY.search(text)
    ):
        raise NotFlat
    letters = slices.letters
    return int(np.count_nonzero(letters < ord(" ")) + np.count_nonzero(letters == ord("<")))


def _read_lead(lead: bytes, keys: dict[str, int]) -> tuple[int, int, int, int, int, int]:
    """Return what one text has, in the order of the columns. Raises NotFlat, also for an event without attributes."""
    outside, _, key = lead.decode().partition('"')
    found = _BETWEEN_ATTRIBUTES.fullmatch(outside)
    if found is None:
        raise NotFlat
    tags = re.findall("<[^<>]*>", found[1])
    depths = [_DEPTHS[tag] for tag in tags]
    if "<event>" in tags[:-1] or any(one[1] != following[0] for one, following in pairwise(depths)):
        raise NotFlat
    change, after = (depths[-1][1] - depths[0][0], depths[-1][1]) if depths else (0, -1)
    signs = len(re.findall(r"[<\t\r\n]", outside))
    return tags.count("<trace>"), tags.count("<event>"), change, after, signs, keys.setdefault(key, len(keys))
