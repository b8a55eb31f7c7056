"""XES 記録の交換形式 (IEEE 1849): event logs as XML, parsed without entities and with a limit of size."""

from __future__ import annotations

import gzip
import io
from typing import Any

from lxml import etree

from todoke.runtime.refusals import Unreadable
from todoke.spreadsheets.lazy_polars import pl

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
    defaults: dict[str, dict[str, str]] = {"trace": {}, "event": {}}
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
            name = _name(element) if moment == "end" else ""
            if name == "global":
                defaults.setdefault(element.get("scope", ""), {}).update(_attributes(element, ""))
            elif name == "trace":
                rows.extend(_events(element, defaults))
                element.clear()
    except (etree.XMLSyntaxError, EOFError, gzip.BadGzipFile) as problem:
        place = f"({problem.lineno}行目のあたり)" if isinstance(problem, etree.XMLSyntaxError) else ""
        raise Unreadable(f"XES として読めません{place}。元の道具から書き出し直してください。") from problem
    return pl.DataFrame(rows, infer_schema_length=None) if rows else pl.DataFrame()


def _name(element: Any) -> str:
    """Return the name of an element without its namespace; empty for a comment."""
    return etree.QName(element).localname if isinstance(element.tag, str) else ""


def _attributes(element: Any, prefix: str) -> dict[str, str]:
    return {
        prefix + child.get("key"): child.get("value")
        for child in element
        if _name(child) and child.get("key") and child.get("value")
    }


def _events(trace: Any, defaults: dict[str, dict[str, str]]) -> list[dict[str, str]]:
    """Return the events of a trace; what a trace or an event lacks has the value that the log declares (global)."""
    declared = {f"case:{key}": text for key, text in defaults["trace"].items()}
    shared = declared | _attributes(trace, "case:") | defaults["event"]
    return [shared | _attributes(child, "") for child in trace if _name(child) == "event"]
