"""Export formats 公開の形式: a published CSV as Excel, JSON, and GeoJSON where it has coordinates."""

import csv
import io
import json
from typing import Any

from todoke.insights.open_data.column_kinds import Kind, kind_of
from todoke.spreadsheets.writer import xlsx_file

MARK = b"\xef\xbb\xbf"
CSV, XLSX, JSON, GEOJSON = "csv", "xlsx", "json", "geojson"
MEDIA_TYPES = {
    CSV: "text/csv", XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    JSON: "application/json", GEOJSON: "application/geo+json",
}  # fmt: skip


def rows_of(content: bytes) -> tuple[list[str], list[list[str]]]:
    """Return the headings and the rows of a published CSV."""
    reader = csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""))
    heads = next(reader, [])
    return heads, list(reader)


def in_format(content: bytes, kind: str, *, marked: bool = True) -> bytes | None:
    """Return a published CSV in a format; None where it has no coordinates for GeoJSON."""
    if kind == CSV:
        return content if marked else content.removeprefix(MARK)
    heads, rows = rows_of(content)
    if kind == XLSX:
        return xlsx_file(heads, rows)
    if kind == JSON:
        return json.dumps([dict(zip(heads, row, strict=False)) for row in rows], ensure_ascii=False).encode()
    return _geojson(heads, rows)


def coordinates(heads: list[str]) -> tuple[int, int] | None:
    """Return the columns of latitude and longitude, None unless there is one of each."""
    kinds = [kind_of(head, None) for head in heads]
    if kinds.count(Kind.LATITUDE) != 1 or kinds.count(Kind.LONGITUDE) != 1:
        return None
    return kinds.index(Kind.LATITUDE), kinds.index(Kind.LONGITUDE)


def _geojson(heads: list[str], rows: list[list[str]]) -> bytes | None:
    places = coordinates(heads)
    if places is None:
        return None
    features = [_feature(heads, row, *places) for row in rows]
    return json.dumps({"type": "FeatureCollection", "features": features}, ensure_ascii=False).encode()


def _feature(heads: list[str], row: list[str], latitude: int, longitude: int) -> dict[str, Any]:
    try:
        point: dict[str, Any] | None = {"type": "Point", "coordinates": [float(row[longitude]), float(row[latitude])]}
    except (ValueError, IndexError):
        point = None
    return {"type": "Feature", "geometry": point, "properties": dict(zip(heads, row, strict=False))}
