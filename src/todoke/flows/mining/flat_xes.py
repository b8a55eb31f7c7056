"""Flat XES 入れ子のない XES: reads traces whose attributes have none of their own as a table of tags, block by block.

Nearly every program writes logs so: ``<string key="…" value="…"/>`` within ``<trace>`` and ``<event>``. Each block is
checked to be nothing else; a log with anything else (nested attributes, comments, other quotes) is left to the XML
parser.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from todoke.flows.mining.xes_attributes import CASE, XesAttributes
from todoke.spreadsheets.lazy_polars import pl

BLOCK_BYTES = 1 << 20
MOST_AT_ONCE = 8 << 20
_HEADINGS = b'tag"key"between"value"end'
_BRACKETS = ("trace>", "/trace>", "event>", "/event>")
_ATTRIBUTES = tuple(f"{kind} key=" for kind in ("string", "date", "int", "float", "boolean", "id"))
_WHITE = " \t\r\n"
_FOLDED = ["\t", "\r", "\n"]
"""Signs that XML reads as blanks within a value."""
_ENTITIES = {"&lt;": "<", "&gt;": ">", "&amp;": "&", "&quot;": '"', "&apos;": "'"}
_OTHER_ENTITY = re.compile(rb"&(?!(?:lt|gt|amp|quot|apos);)")
_NOT_IN_XML = bytes(code for code in range(0x20) if chr(code) not in _WHITE)
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
            yield rest[:end].lstrip(_WHITE.encode())
            rest = rest[end:]
        if len(rest) > MOST_AT_ONCE:
            raise NotFlat
        if not (more := read(BLOCK_BYTES)):
            break
    if rest.strip(_WHITE.encode()) != b"</log>":
        raise NotFlat


def flat_events(block: bytes, attributes: XesAttributes) -> pl.DataFrame:
    """Return the kept attributes of the events of a block of whole traces, one row an event. Raises NotFlat."""
    tags = _tags(block)
    is_bracket = tags["between"].is_null()
    bracket = tags["tag"].filter(is_bracket).str.strip_chars_end(_WHITE)
    trace, event = (bracket == "trace>").cum_sum(), (bracket == "event>").cum_sum()
    in_trace = trace.cast(pl.Int64) - (bracket == "/trace>").cum_sum()
    in_event = event.cast(pl.Int64) - (bracket == "/event>").cum_sum()
    if not (bracket.is_in(_BRACKETS).all() and ((in_event >= 0) & (in_event <= in_trace) & (in_trace <= 1)).all()):
        raise NotFlat
    at = is_bracket.cum_sum() - 1
    found = tags.select("key", "value", at=at, depth=(in_trace + in_event).gather(at)).drop_nulls(["key", "value"])
    of_trace = _columns(found.filter(pl.col("depth") == 1), trace, CASE, attributes)
    of_event = _columns(found.filter(pl.col("depth") == 2), event, "", attributes)
    of_its_trace = trace.filter(bracket == "event>") - 1
    columns: dict[str, pl.Series] = {}
    for layer in (
        _constants(attributes.declared["trace"], event[-1]),
        {name: column.gather(of_its_trace) for name, column in of_trace.items()},
        _constants(attributes.declared["event"], event[-1]),
        of_event,
    ):
        columns |= {n: column.fill_null(columns[n]) if n in columns else column for n, column in layer.items()}
    return pl.DataFrame(columns or None, height=event[-1])


def _constants(values: dict[str, str], height: int) -> dict[str, pl.Series]:
    return {name: pl.repeat(text, height, dtype=pl.String, eager=True) for name, text in values.items()}


def _columns(found: pl.DataFrame, number: pl.Series, prefix: str, attributes: XesAttributes) -> dict[str, pl.Series]:
    """Return a column of each kept attribute, one row a trace or event by its bracket's number. Raises NotFlat."""
    keys = found["key"].unique(maintain_order=True)
    if keys.str.contains_any(_FOLDED).any():
        raise NotFlat
    columns = {}
    for key in attributes.kept(keys, prefix):
        rows = found.filter(pl.col("key") == key)
        if rows["value"].str.contains_any(_FOLDED).any():
            raise NotFlat
        empty = pl.repeat(None, number[-1], dtype=pl.String, eager=True)
        columns[prefix + key] = empty.scatter(number.gather(rows["at"]) - 1, rows["value"])
    return columns


def _tags(block: bytes) -> pl.DataFrame:
    """Return one row a tag, cut at its quotes: an attribute has all five parts, a bracket only ``tag``.

    Raises NotFlat.
    """
    has_entities = b"&" in block
    if (
        not block.startswith(b"<trace>")
        or len(block.translate(None, _NOT_IN_XML)) < len(block)
        or (not block.isascii() and any(code in block for code in _NO_CHARACTERS))
        or (has_entities and _OTHER_ENTITY.search(block))
    ):
        raise NotFlat
    try:
        tags = pl.read_csv(_HEADINGS + block, separator='"', eol_char="<", quote_char=None, infer_schema=False)
    except pl.exceptions.PolarsError as problem:
        raise NotFlat from problem
    is_bracket = tags["between"].is_null()
    if (
        tags["tag"].null_count()
        or (is_bracket != tags["end"].is_null()).any()
        or any(tags[part].filter(is_bracket).count() for part in ("key", "value"))
        or not tags["tag"].filter(~is_bracket).is_in(_ATTRIBUTES).all()
        or not (tags["between"] == " value=").all()
        or any(end.strip(_WHITE) != "/>" for end in tags["end"].unique().drop_nulls())
    ):
        raise NotFlat
    return tags.with_columns(pl.col("key", "value").str.replace_many(_ENTITIES)) if has_entities else tags
