"""Flat XES 入れ子のない XES: reads traces whose attributes have none of their own as a table, block by block.

Nearly every program writes logs so: ``<string key="…" value="…"/>`` within ``<trace>`` and ``<event>``. A block is
split at its quotes. What then stands between two attributes repeats itself, so that each different text is checked
once; a log with anything else (nested attributes, comments, other quotes) is left to the XML parser.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import pairwise

from todoke.flows.mining.dictionary_codes import GrowingDictionary
from todoke.flows.mining.xes_attributes import CASE, XesAttributes
from todoke.lazy_modules import pl

BLOCK_BYTES = 1 << 20
MOST_AT_ONCE = 8 << 20
MOST_LEARNED = 10_000
"""Different keys and texts between attributes: the dictionary is made again with each block that has new ones."""
_BETWEEN_ATTRIBUTES = re.compile(
    r"\s*/>\s*((?:</?(?:trace|event)>\s*)*)<(?:string|date|int|float|boolean|id) key=", re.ASCII
)
_DEPTHS = {"<trace>": (0, 1), "<event>": (1, 2), "</event>": (2, 1), "</trace>": (1, 0)}
"""The depth before and after a tag."""
_TRACE, _EVENT = 1, 2
_WHITE = " \t\r\n"
_ENTITIES = {"&lt;": "<", "&gt;": ">", "&amp;": "&", "&quot;": '"', "&apos;": "'"}
_OTHER_ENTITY = re.compile(rb"&(?!(?:lt|gt|amp|quot|apos);)")
_NO_CHARACTERS = ("\ufffe".encode(), "\uffff".encode())


class NotFlat(Exception):
    """入れ子などがある: the log holds something else than flat attributes."""


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
    if rest.strip(_WHITE.encode()) != b"</log>":
        raise NotFlat


class FlatEvents:
    """平らな記録: reads the blocks of one log, whose keys and texts between attributes are learned once each."""

    def __init__(self, attributes: XesAttributes) -> None:
        self._attributes = attributes
        self._keys, self._outside = GrowingDictionary(), GrowingDictionary()
        self._tags = _tag_table([])

    def read(self, block: bytes | memoryview) -> pl.DataFrame:
        """Return the kept attributes of the events of a block of whole traces, one row an event. Raises NotFlat."""
        text = b"".join((b"/>", block, b"<string key="))
        outside, keys, values, signs = _parts(text)
        places, codes = self._places(outside, signs), self._keys.codes(keys)
        if len(self._keys.words) + len(self._outside.words) > MOST_LEARNED:
            raise NotFlat
        of_its_trace = places["trace"].filter(places["begins"])
        height, traces = len(of_its_trace), places["trace"][-1] + 1
        has_value, depth = values != "", places["depth"][:-1]
        levels = []
        for level, prefix, number, rows in ((_EVENT, "", "event", height), (_TRACE, CASE, "trace", traces)):
            at = has_value & (depth == level)
            found = {"key": codes.filter(at), "value": values.filter(at), "row": places[number][:-1].filter(at)}
            levels.append(self._columns(pl.DataFrame(found), rows, prefix, has_entities=b"&" in text))
        of_event, of_trace = levels
        columns: dict[str, pl.Series] = {}
        for layer in (
            of_event,
            _constants(self._attributes.declared["event"], height),
            {name: column.gather(of_its_trace) for name, column in of_trace.items()},
            _constants(self._attributes.declared["trace"], height),
        ):
            for name, column in layer.items():
                if name not in columns:
                    columns[name] = column
                elif columns[name].null_count():
                    columns[name] = columns[name].fill_null(column)
        return pl.DataFrame(columns or None, height=height)

    def _places(self, outside: pl.Series, signs: int) -> pl.DataFrame:
        """Return of each text outside the depth, trace and event after it, and whether an event begins in it.

        Traces and events are counted from 0. Raises NotFlat.
        """
        codes = self._outside.codes(outside)
        if new := self._outside.words[self._tags.height :]:
            self._tags.extend(_tag_table([_read_tags(text) for text in new]))
        found = self._tags.select(pl.all().gather(codes)).select(
            "after",
            pl.col("signs").sum(),
            depth=pl.col("change").cum_sum(),
            trace=pl.col("traces").cum_sum() - 1,
            event=pl.col("events").cum_sum() - 1,
            begins=pl.col("events") == 1,
        )
        depth = found["depth"]
        if (found["after"] != depth).any() or (depth[:-1] == 0).any() or depth[-1] != 0 or found["signs"][0] != signs:
            raise NotFlat
        return found

    def _columns(self, found: pl.DataFrame, height: int, prefix: str, *, has_entities: bool) -> dict[str, pl.Series]:
        """Return a column of each kept attribute, from the code of its key, value and row. Raises NotFlat."""
        codes = {self._keys.words[code]: code for code in found["key"].unique(maintain_order=True)}
        if any("&" in name for name in codes):
            raise NotFlat
        columns = {}
        for key in self._attributes.kept(filter(None, codes), prefix):
            at = found["key"] == codes[key]
            values = found["value"].filter(at)
            if has_entities:
                values = values.str.replace_many(_ENTITIES)
            empty = pl.Series([None], dtype=pl.String).new_from_index(0, height)
            columns[prefix + key] = empty.scatter(found["row"].filter(at), values)
        return columns


def _parts(text: bytes) -> tuple[pl.Series, pl.Series, pl.Series, int]:
    """Return what stands between attributes, with an end before the first and a start after the last; keys; values.

    Last comes the number of bytes that no value holds: ``<`` and those below the blank. Raises NotFlat.
    """
    if (b"\xef" in text and any(code in text for code in _NO_CHARACTERS)) or (
        b"&" in text and _OTHER_ENTITY.search(text)
    ):
        raise NotFlat
    whole = pl.Series([text], dtype=pl.Binary)
    signs = _signs(whole, len(text))
    try:
        parts = whole.cast(pl.String).str.split('"').explode()
    except pl.exceptions.PolarsError as problem:
        raise NotFlat from problem
    outside, keys, between, values = (parts.gather_every(4, at) for at in range(4))
    if len(parts) % 4 != 1 or (between != " value=").any():
        raise NotFlat
    return outside, keys, values, signs


def _signs(whole: pl.Series, length: int) -> int:
    each = whole.bin.reinterpret(dtype=pl.Array(pl.UInt8, length)).explode()
    return int(((each < ord(" ")) | (each == ord("<"))).sum())


def _tag_table(rows: list[tuple[int, int, int, int | None, int]]) -> pl.DataFrame:
    kinds = {"traces": pl.Int32, "events": pl.Int32, "change": pl.Int8, "after": pl.Int8, "signs": pl.Int32}
    return pl.DataFrame(rows, schema=kinds, orient="row")


def _read_tags(text: str) -> tuple[int, int, int, int | None, int]:
    """Return how many traces and events begin between attributes, the change of depth, the depth after it, and signs.

    Without a tag the depth is null. Raises NotFlat, also for an event without attributes.
    """
    found = _BETWEEN_ATTRIBUTES.fullmatch(text)
    if found is None:
        raise NotFlat
    tags = re.findall("<[^<>]*>", found[1])
    depths = [_DEPTHS[tag] for tag in tags]
    if "<event>" in tags[:-1] or any(one[1] != following[0] for one, following in pairwise(depths)):
        raise NotFlat
    change, after = (depths[-1][1] - depths[0][0], depths[-1][1]) if depths else (0, None)
    return tags.count("<trace>"), tags.count("<event>"), change, after, len(re.findall(r"[<\t\r\n]", text))


def _constants(values: dict[str, str], height: int) -> dict[str, pl.Series]:
    return {name: pl.Series([text], dtype=pl.String).new_from_index(0, height) for name, text in values.items()}
