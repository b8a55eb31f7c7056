"""XES 記録の交換形式 (IEEE 1849): event logs as XML, parsed without entities and with a limit of size."""

import gzip
import io
from typing import Any

import polars as pl
from lxml import etree

from todoke.runtime.refusals import Unreadable

MAX_BYTES = 2_000_000_000
_BLOCK_BYTES = 1 << 20


class _LimitedStream(io.RawIOBase):
    """A stream that raises Unreadable after ``limit`` unpacked bytes (a small archive may expand without end)."""

    def __init__(self, source: Any, limit: int) -> None:
        self.source, self.left = source, limit

    def read(self, size: int = -1) -> bytes:
        block = bytes(self.source.read(_BLOCK_BYTES if size is None or size < 0 else size))
        self.left -= len(block)
        if self.left < 0:
            raise Unreadable("ファイルが大きすぎます。期間を分けて書き出してください。")
        return block


def read_xes(raw: bytes, limit: int = MAX_BYTES) -> pl.DataFrame:
    """Return one row an event; attributes of the trace have the prefix ``case:``. Raises Unreadable."""
    source: Any = gzip.GzipFile(fileobj=io.BytesIO(raw)) if raw[:2] == b"\x1f\x8b" else io.BytesIO(raw)
    rows: list[dict[str, str]] = []
    try:
        parser = etree.iterparse(
            _LimitedStream(source, limit),
            events=("start", "end"),
            resolve_entities=False,
            load_dtd=False,
            no_network=True,
        )
        for index, (moment, element) in enumerate(parser):
            if index == 0 and element.getroottree().docinfo.internalDTD is not None:
                raise Unreadable("DTD や実体宣言のある XML は受け付けません。")
            if moment == "end" and etree.QName(element).localname == "trace":
                rows.extend(_events(element))
                element.clear()
    except (etree.XMLSyntaxError, EOFError, gzip.BadGzipFile) as problem:
        place = f"({problem.lineno}行目のあたり)" if isinstance(problem, etree.XMLSyntaxError) else ""
        raise Unreadable(f"XES として読めません{place}。元の道具から書き出し直してください。") from problem
    return pl.DataFrame(rows, infer_schema_length=None) if rows else pl.DataFrame()


def _attributes(element: Any, prefix: str) -> dict[str, str]:
    return {
        prefix + child.get("key"): child.get("value") for child in element if child.get("key") and child.get("value")
    }


def _events(trace: Any) -> list[dict[str, str]]:
    shared = _attributes(trace, "case:")
    return [shared | _attributes(child, "") for child in trace if etree.QName(child).localname == "event"]
