"""XES 記録の交換形式 (IEEE 1849): event logs as XML, parsed without entities and with a limit of size."""

from __future__ import annotations

import gzip
import io
import zlib
from collections.abc import Callable
from functools import cache
from typing import Any, BinaryIO

from lxml import etree

from todoke.flows.mining.coded_column import coded
from todoke.flows.mining.flat_xes import BLOCK_BYTES, MOST_AT_ONCE, FlatEvents, trace_blocks
from todoke.flows.mining.log_table import ColumnTable
from todoke.flows.mining.xes_attributes import CASE, NotFlat, XesAttributes
from todoke.runtime.refusals import Unreadable

MAX_BYTES = 2_000_000_000
_SAFE: Any = {"resolve_entities": False, "load_dtd": False, "no_network": True}


class _LimitedStream(io.RawIOBase):
    """A stream that raises Unreadable after ``limit`` unpacked bytes (a small archive may expand without end)."""

    def __init__(self, source: Any, limit: int) -> None:
        self.source, self.left = source, limit

    def read(self, size: int = -1) -> bytes:
        block = bytes(self.source.read(BLOCK_BYTES if size is None or size < 0 else size))
        self.left -= len(block)
        if self.left < 0:
            raise Unreadable("ファイルが大きすぎます。期間を分けて書き出してください。")
        return block


def read_xes(
    source: BinaryIO, is_kept: Callable[[str], bool], is_time: Callable[[str], bool], limit: int = MAX_BYTES
) -> tuple[ColumnTable, list[str]]:
    """Return one row an event, of the attributes that are kept, and the names of all; a trace's begin with ``case:``.

    An attribute that is asked for times may have them already. Raises Unreadable.
    """
    try:
        try:
            attributes = XesAttributes(cache(is_kept))
            table = _flat_table(_unpacked(source, limit), attributes, is_time)
        except NotFlat:
            attributes = XesAttributes(cache(is_kept))
            table = _row_table(_event_rows(_unpacked(source, limit), attributes))
    except (etree.XMLSyntaxError, EOFError, gzip.BadGzipFile, zlib.error) as problem:
        place = f"({problem.lineno}行目のあたり)" if isinstance(problem, etree.XMLSyntaxError) else ""
        raise Unreadable(f"XES として読めません{place}。元の道具から書き出し直してください。") from problem
    return table, [name for name, kept in attributes.names.items() if not kept or name in table.columns]


def _unpacked(source: BinaryIO, limit: int) -> _LimitedStream:
    """Return what a file holds from its beginning, unpacked where it is packed with gzip."""
    source.seek(0)
    is_packed = source.read(2) == b"\x1f\x8b"
    source.seek(0)
    return _LimitedStream(gzip.GzipFile(fileobj=source) if is_packed else source, limit)


def _flat_table(stream: _LimitedStream, attributes: XesAttributes, is_time: Callable[[str], bool]) -> ColumnTable:
    """Return the kept attributes of the events of a log that is flat and in UTF-8. Raises NotFlat, Unreadable."""
    events = FlatEvents(attributes, is_time)
    for block in trace_blocks(stream.read, _after_head(stream, attributes)):
        events.read(block)
    return ColumnTable(events.columns(), events.height)


def _row_table(rows: list[dict[str, str]]) -> ColumnTable:
    names = dict.fromkeys(name for row in rows for name in row)
    return ColumnTable({name: coded(row.get(name) for row in rows) for name in names}, len(rows))


def _after_head(stream: _LimitedStream, attributes: XesAttributes) -> bytes:
    """Take in what a log declares before its first trace, and return what was read from there on.

    Raises NotFlat, Unreadable.
    """
    begun, first = b"", -1
    while first < 0:
        more = stream.read(BLOCK_BYTES)
        if not more or len(begun) > MOST_AT_ONCE:
            raise NotFlat
        begun += more
        first = begun.find(b"<trace>", max(0, len(begun) - len(more) - len(b"<trace>")))
    try:
        root = etree.fromstring(begun[:first] + b"</log>", etree.XMLParser(**_SAFE))
    except etree.XMLSyntaxError as problem:
        raise NotFlat from problem
    document = root.getroottree().docinfo
    in_utf8 = (document.encoding or "UTF-8").upper() == "UTF-8"
    if document.internalDTD is not None or not in_utf8 or root.find(".//{*}trace") is not None:
        raise NotFlat
    for element in root.iter("{*}global"):
        attributes.declare(element.get("scope", ""), _pairs(element))
    return begun[first:]


def _event_rows(stream: _LimitedStream, attributes: XesAttributes) -> list[dict[str, str]]:
    """Return the kept attributes of the events of any log; what a trace or an event lacks has the declared value.

    Raises Unreadable.
    """
    rows: list[dict[str, str]] = []
    parser = etree.iterparse(stream, events=("start", "end"), tag=("{*}log", "{*}global", "{*}trace"), **_SAFE)
    for index, (moment, element) in enumerate(parser):
        if index == 0 and element.getroottree().docinfo.internalDTD is not None:
            raise Unreadable("DTD や実体宣言のある XML は受け付けません。")
        if moment == "start":
            continue
        kind = etree.QName(element).localname
        if kind == "global":
            attributes.declare(element.get("scope", ""), _pairs(element))
        elif kind == "trace":
            own = attributes.values(_pairs(element), CASE)
            shared = attributes.declared["trace"] | own | attributes.declared["event"]
            rows.extend(shared | attributes.values(_pairs(event), "") for event in element.iterchildren("{*}event"))
            element.clear()
    return rows


def _pairs(element: Any) -> dict[str, str]:
    """Return the attributes of a log, trace or event that have a key and a value; those within others are not its."""
    found = ((child.get("key"), child.get("value")) for child in element.iterchildren("*"))
    return {key: value for key, value in found if key and value}
