"""Record rules 行の検査: rows that are no data, coordinates against each other and against their municipality."""

import re
from collections.abc import Mapping, Sequence

from todoke.insights.open_data.cell_rules import typed_cell
from todoke.insights.open_data.column_kinds import Kind
from todoke.insights.open_data.municipalities import municipalities

_TOTAL = re.compile(r"(合\s{0,9}計|総\s{0,9}計|小\s{0,9}計|計|総数)[:：]?")
Finding = tuple[str, int]


def is_property_row(cells: Sequence[str]) -> bool:
    """Whether a row describes the columns: its first value is #property, or the like."""
    return bool(cells) and cells[0].startswith("#")


def is_total_row(cells: Sequence[str]) -> bool:
    """Whether a row is a sum or a heading among the data: 合計 first, or one value in a row of four columns or more."""
    first = next((cell for cell in cells if cell.strip()), "")
    alone = len(cells) >= 4 and len(cells) - cells.count("") <= 2
    return _TOTAL.fullmatch(first.strip()) is not None or (alone and sum(bool(cell.strip()) for cell in cells) == 1)


def swapped_coordinates(kinds: Mapping[Kind, Sequence[int]], cells: Sequence[str]) -> dict[int, str]:
    """Return, by column from 0, what a latitude and a longitude would be if they changed places; empty if right."""
    found: dict[int, str] = {}
    for north, east in zip(kinds.get(Kind.LATITUDE, ()), kinds.get(Kind.LONGITUDE, ()), strict=False):
        latitude, longitude = cells[north].strip(), cells[east].strip()
        if _right(longitude, latitude) and not _right(latitude, longitude):
            found |= {north: longitude, east: latitude}
    return found


def place_findings(kinds: Mapping[Kind, Sequence[int]], cells: Sequence[str], home: str | None) -> list[Finding]:
    """Return rule and column from 0 of names that are not the code's, and of places outside the municipality.

    ``home`` is the code of the file, where a row names none.
    """
    found: list[Finding] = []
    code = next((cells[at].strip() for at in kinds.get(Kind.CODE, ()) if cells[at].strip()), "")
    known = municipalities().get(code)
    if known:
        found += _names(kinds, cells, known.prefecture, known.name)
    place = known if known and known.name else municipalities().get(home or "")
    for north, east in zip(kinds.get(Kind.LATITUDE, ()), kinds.get(Kind.LONGITUDE, ()), strict=False):
        latitude, longitude = cells[north].strip(), cells[east].strip()
        if place and _right(latitude, longitude) and not place.holds(float(latitude), float(longitude)):
            found.append(("V47", north))
    return found


def _names(kinds: Mapping[Kind, Sequence[int]], cells: Sequence[str], prefecture: str, name: str) -> list[Finding]:
    found: list[Finding] = []
    for kind, right in ((Kind.PREFECTURE, prefecture), (Kind.CITY, name)):
        for at in kinds.get(kind, ()):
            said = cells[at].strip()
            if said and right and said != right and not said.endswith(right) and not right.endswith(said):
                found.append(("V33", at))
    return found


def _right(latitude: str, longitude: str) -> bool:
    pairs = ((Kind.LATITUDE, latitude), (Kind.LONGITUDE, longitude))
    return all(value and not any(rule == "V32" for rule, _ in typed_cell(kind, value)) for kind, value in pairs)
