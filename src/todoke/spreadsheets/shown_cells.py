"""Shown cells 表示のとおり: cells whose shown text is not their stored value: errors, leading zeros, percentages."""

import re
import zipfile
from collections.abc import Iterator
from typing import IO, Any

from lxml import etree

_ZEROS = re.compile(r"0{2,20}")
_PERCENT = re.compile(r"0(?:\.(0{1,6}))?%")
_BUILT_IN = {"9": "0%", "10": "0.00%"}
_PLACE = re.compile(r"([A-Z]{1,3})(\d{1,7})")
_SPECIAL = (b't="e"', b"<f", b":f>")
NOT_COMPUTED = "(計算していない数式)"
Shown = dict[tuple[int, int], str]
_PARSER: dict[str, Any] = {"resolve_entities": False, "load_dtd": False, "no_network": True}


def shown_cells(file: IO[bytes]) -> dict[str, Shown]:
    """Return by sheet the text of each cell that a plain reader would lose or change, by row and column from 0.

    These are errors (#N/A), formulas that no program has computed, numbers with leading zeros, and percentages.
    """
    with zipfile.ZipFile(file) as archive:
        names = set(archive.namelist())
        if not {"xl/workbook.xml", "xl/_rels/workbook.xml.rels"} <= names:
            return {}
        formats = _formats(archive) if "xl/styles.xml" in names else {}
        return {
            name: dict(_marked(archive, part, formats))
            for name, part in _parts(archive)
            if part in names and _has_marks(archive, part, formats)
        }


def _tree(archive: zipfile.ZipFile, part: str) -> Any:
    return etree.fromstring(archive.read(part), etree.XMLParser(**_PARSER))


def _parts(archive: zipfile.ZipFile) -> Iterator[tuple[str, str]]:
    targets = {
        one.get("Id"): one.get("Target", "").removeprefix("/xl/")
        for one in _tree(archive, "xl/_rels/workbook.xml.rels").iter("{*}Relationship")
    }
    for sheet in _tree(archive, "xl/workbook.xml").iter("{*}sheet"):
        link = next((value for key, value in sheet.attrib.items() if key.endswith("}id")), "")
        yield sheet.get("name", ""), f"xl/{targets.get(link, '')}"


def _formats(archive: zipfile.ZipFile) -> dict[str, str]:
    """Return the format of each style that shows a number otherwise than it is written."""
    root = _tree(archive, "xl/styles.xml")
    codes = _BUILT_IN | {one.get("numFmtId"): one.get("formatCode", "") for one in root.iter("{*}numFmt")}
    styles = [one for group in root.iter("{*}cellXfs") for one in group.iter("{*}xf")]
    used = {str(at): codes.get(one.get("numFmtId"), "") for at, one in enumerate(styles)}
    return {style: code for style, code in used.items() if _ZEROS.fullmatch(code) or _PERCENT.fullmatch(code)}


def _has_marks(archive: zipfile.ZipFile, part: str, formats: dict[str, str]) -> bool:
    if formats:
        return True
    rest = b""
    with archive.open(part) as file:
        while block := file.read(1 << 20):
            if any(mark in rest + block for mark in _SPECIAL):
                return True
            rest = block[-8:]
    return False


def _marked(archive: zipfile.ZipFile, part: str, formats: dict[str, str]) -> Iterator[tuple[tuple[int, int], str]]:
    with archive.open(part) as file:
        for _, cell in etree.iterparse(file, tag="{*}c", huge_tree=False, **_PARSER):
            place = _PLACE.fullmatch(cell.get("r", ""))
            value = cell.findtext("{*}v") or ""
            text = _shown(cell, value, formats.get(cell.get("s", ""), ""))
            if place and text:
                yield (int(place[2]) - 1, _column(place[1])), text
            cell.clear()
            while cell.getprevious() is not None:
                del cell.getparent()[0]


def _shown(cell: Any, value: str, code: str) -> str:
    if cell.get("t") == "e":
        return value
    if not value and cell.find("{*}f") is not None and cell.get("t") != "str":
        return NOT_COMPUTED
    if not code or cell.get("t") not in {None, "n"}:
        return ""
    try:
        number = float(value)
    except ValueError:
        return ""
    if found := _PERCENT.fullmatch(code):
        return f"{number:.{len(found[1] or '')}%}"
    return f"{int(number):0{len(code)}}" if number.is_integer() and number >= 0 else ""


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1
