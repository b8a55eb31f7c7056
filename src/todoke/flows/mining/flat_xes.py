"""Flat XES 入れ子のない XES: reads traces whose attributes have none of their own as a table, block by block.

Nearly every program writes logs so: ``<string key="…" value="…"/>`` within ``<trace>`` and ``<event>``. A block is
split at its quotes. What then stands between two attributes repeats itself, so that each different text is checked
once; a log with anything else (nested attributes, comments, other quotes) is left to the XML parser.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import pairwise

from todoke.flows.mining.dictionary_codes import dictionary_codes
from todoke.flows.mining.xes_attributes import CASE, XesAttributes
from todoke.spreadsheets.lazy_polars import pl

BLOCK_BYTES = 1 << 20
MOST_AT_ONCE = 8 << 20
_BETWEEN_ATTRIBUTES = re.compile(
    r"\s*/>\s*((?:</?(?:trace|event)>\s*)*)<(?:string|date|int|float|boolean|id) key=", re.ASCII
)
_DEPTHS = {"<trace>": (0, 1), "<event>": (1, 2), "</event>": (2, 1), "</trace>": (1, 0)}
"""The depth before and after a tag."""
_TRACE, _EVENT = 1, 2
_WHITE = " \t\r\n"
_FOLDED = r"[\t\r\n]"
"""Signs that XML reads as blanks within a value."""
_NOT_PLAIN = r"[&\t\r\n]"
_ENTITIES = {"&lt;": "<", "&gt;": ">", "&amp;": "&", "&quot;": '"', "&apos;": "'"}
_OTHER_ENTITY = re.compile(rb"&(?!(?:lt|gt|amp|quot|apos);)")
_NOT_IN_VALUES = b"<" + bytes(code for code in range(0x20) if chr(code) not in _WHITE)
_NO_CHARACTERS = ("\ufffe".encode(), "\uffff".encode())


class NotFlat(Exception):
    """入れ子などがある: the log holds something else than flat attributes."""


def trace_blocks(read: Callable[[int], bytes], begun: bytes) -> Iterator[bytes]:
    """Yield ``begun`` and what ``read`` returns after it, in blocks of whole traces.

    Raises NotFlat where a trace is too long, and where the log does not end after the last one.
    """
    rest, more = begun, b""
    while True:
        rest += more
        end = rest.rfind(b"</trace>") + len(b"</trace>")
        if end >= len(b"</trace>"):
            yield rest[:end]
            rest = rest[end:]
        if len(rest) > MOST_AT_ONCE:
            raise NotFlat
        if not (more := read(BLOCK_BYTES)):
            break
    if rest.strip(_WHITE.encode()) != b"</log>":
        raise NotFlat


def flat_events(block: bytes, attributes: XesAttributes) -> pl.DataFrame:
    """Return the kept attributes of the events of a block of whole traces, one row an event. Raises NotFlat."""
    outside, keys, values, signs = _parts(block)
    tags = _tags(outside)
    if tags["signs"].sum() != signs:
        raise NotFlat
    codes, names = dictionary_codes(keys)
    has_value, depth = values != "", tags["depth"][:-1]
    levels = []
    for level, prefix, number in ((_EVENT, "", tags["event"]), (_TRACE, CASE, tags["trace"])):
        at = has_value & (depth == level)
        rows = {"key": codes.filter(at), "value": values.filter(at), "row": number[:-1].filter(at) - 1}
        levels.append(_columns(pl.DataFrame(rows), names, number[-1], prefix, attributes))
    of_event, of_trace = levels
    of_its_trace = tags["trace"].filter(tags["events"] == 1) - 1
    height = tags["event"][-1]
    columns: dict[str, pl.Series] = {}
    for layer in (
        of_event,
        _constants(attributes.declared["event"], height),
        {name: column.gather(of_its_trace) for name, column in of_trace.items()},
        _constants(attributes.declared["trace"], height),
    ):
        for name, column in layer.items():
            if name not in columns:
                columns[name] = column
            elif columns[name].null_count():
                columns[name] = columns[name].fill_null(column)
    return pl.DataFrame(columns or None, height=height)


def _parts(block: bytes) -> tuple[pl.Series, pl.Series, pl.Series, int]:
    """Return what stands between attributes, with an end before the first and a start after the last; keys; values.

    Last comes the number of signs that are in no value: ``<``. Raises NotFlat.
    """
    text = b"".join((b"/>", block, b"<string key="))
    if (b"\xef" in text and any(code in text for code in _NO_CHARACTERS)) or (
        b"&" in text and _OTHER_ENTITY.search(text)
    ):
        raise NotFlat
    try:
        parts = pl.Series([text], dtype=pl.Binary).cast(pl.String).str.split('"').explode()
    except pl.exceptions.PolarsError as problem:
        raise NotFlat from problem
    outside, keys, between, values = (parts.gather_every(4, at) for at in range(4))
    if len(parts) % 4 != 1 or (between != " value=").any():
        raise NotFlat
    return outside, keys, values, len(text) - len(text.translate(None, _NOT_IN_VALUES))


def _tags(outside: pl.Series) -> pl.DataFrame:
    """Return of each text between attributes the traces and events begun so far, the depth after it, and its signs.

    ``events`` tells whether an event begins in it. Raises NotFlat.
    """
    codes, texts = dictionary_codes(outside)
    columns = {"traces": pl.Int32, "events": pl.Int32, "before": pl.Int8, "after": pl.Int8, "signs": pl.Int32}
    tags = pl.DataFrame([_read_tags(text) for text in texts], schema=columns, orient="row")[codes]
    depth = tags["after"].forward_fill()
    if (tags["before"] != depth.shift(1, fill_value=0)).any() or (depth[:-1] == 0).any() or depth[-1] != 0:
        raise NotFlat
    counts = {"trace": tags["traces"].cum_sum(), "event": tags["events"].cum_sum(), "depth": depth}
    return pl.DataFrame(counts | {"events": tags["events"], "signs": tags["signs"]})


def _read_tags(text: str) -> tuple[int, int, int | None, int | None, int]:
    """Return how many traces and events begin between attributes, the depth before and after, and the signs ``<``.

    Without a tag the depths are null. Raises NotFlat, also for an event without attributes.
    """
    found = _BETWEEN_ATTRIBUTES.fullmatch(text)
    if found is None:
        raise NotFlat
    tags = re.findall("<[^<>]*>", found[1])
    depths = [_DEPTHS[tag] for tag in tags]
    if "<event>" in tags[:-1] or any(one[1] != following[0] for one, following in pairwise(depths)):
        raise NotFlat
    before, after = (depths[0][0], depths[-1][1]) if depths else (None, None)
    return tags.count("<trace>"), tags.count("<event>"), before, after, len(tags) + 1


def _constants(values: dict[str, str], height: int) -> dict[str, pl.Series]:
    return {name: pl.Series([text], dtype=pl.String).new_from_index(0, height) for name, text in values.items()}


def _columns(
    found: pl.DataFrame, names: pl.Series, height: int, prefix: str, attributes: XesAttributes
) -> dict[str, pl.Series]:
    """Return a column of each kept attribute, from its key, value and row. Raises NotFlat."""
    codes = {names[code]: code for code in found["key"].unique(maintain_order=True)}
    if any(re.search(_NOT_PLAIN, name) for name in codes):
        raise NotFlat
    columns = {}
    for key in attributes.kept(filter(None, codes), prefix):
        rows = found.filter(found["key"] == codes[key])
        values = rows["value"]
        changed = values.filter(values.str.contains(_NOT_PLAIN))
        if changed.str.contains(_FOLDED).any():
            raise NotFlat
        if len(changed):
            values = values.str.replace_many(_ENTITIES)
        empty = pl.Series([None], dtype=pl.String).new_from_index(0, height)
        columns[prefix + key] = empty.scatter(rows["row"], values)
    return columns
