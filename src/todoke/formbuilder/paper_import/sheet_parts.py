"""Sheet parts シートの部品: what values do not tell: frames, lists to choose from, texts of shapes and controls."""

import io
import posixpath
import re
import zipfile
from dataclasses import dataclass, field
from typing import Any

from lxml import etree

Place = tuple[int, int]
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_CELL = re.compile(r"^\$?([A-Z]{1,3})\$?(\d{1,7})")
LARGEST = 50 * 1024 * 1024


@dataclass
class SheetParts:
    """シートの部品: framed places, choices of a place, and texts that lie on top of a place."""

    framed: set[Place] = field(default_factory=set)
    choices: dict[Place, str] = field(default_factory=dict)
    shapes: list[tuple[Place, str]] = field(default_factory=list)


def sheet_parts(content: bytes, most: int) -> dict[str, SheetParts]:
    """Return the parts of every sheet by its name; at most so many framed places are told of each."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        book = _root(archive, "xl/workbook.xml")
        targets = _relations(archive, "xl/workbook.xml")
        borders = _bordered_styles(archive)
        found = {}
        for sheet in () if book is None else book.iter("{*}sheet"):
            path = targets.get(sheet.get(_RELATION, ""), "")
            if (root := _root(archive, path)) is not None:
                found[sheet.get("name", "")] = _read(archive, path, root, borders, most)
        return found


def _read(archive: zipfile.ZipFile, path: str, root: Any, borders: set[int], most: int) -> SheetParts:
    parts = SheetParts()
    for cell in root.iter("{*}c"):
        if len(parts.framed) < most and int(cell.get("s") or 0) in borders and (place := _place(cell.get("r", ""))):
            parts.framed.add(place)
    for rule in root.iter("{*}dataValidation"):
        formula = rule.find("{*}formula1")
        held = "" if formula is None else (formula.text or "").strip()
        if rule.get("type") == "list" and held.startswith('"') and (place := _place(rule.get("sqref", ""))):
            words = [word.strip() for word in held.strip('"').split(",") if word.strip()]
            parts.choices[place] = "  ".join(f"{at}.{word}" for at, word in enumerate(words, 1))
    for target in _relations(archive, path).values():
        if "/drawings/" in f"/{target}":
            parts.shapes += _shapes(archive, target)
    return parts


def _shapes(archive: zipfile.ZipFile, path: str) -> list[tuple[Place, str]]:
    """Return the texts of shapes, and of controls of a form: a tick box is □ before its words."""
    root = _root(archive, path)
    found: list[tuple[Place, str]] = []
    for anchor in () if root is None else root.iter("{*}twoCellAnchor", "{*}oneCellAnchor"):
        start = anchor.find("{*}from")
        lines = ["".join(text.text or "" for text in line.iter("{*}t")) for line in anchor.iter("{*}p")]
        text = "\n".join(line for line in lines if line.strip())
        if start is not None and text:
            found.append(((int(start.findtext("{*}row") or 0), int(start.findtext("{*}col") or 0)), text))
    for shape in () if root is None else root.iter("{*}shape"):
        data = shape.find("{*}ClientData")
        box = shape.find("{*}textbox")
        kind = "" if data is None else data.get("ObjectType", "")
        text = "" if box is None else re.sub(r"\s+", " ", "".join(box.itertext())).strip()
        if data is None or kind == "Note" or not text:
            continue
        spot = [int(one) for one in (data.findtext("{*}Anchor") or "0,0,0").split(",")[:3]]
        mark = {"Checkbox": "□ ", "Radio": "□ "}.get(kind, "")
        found.append(((spot[2], spot[0]), mark + text))
    return found


def _bordered_styles(archive: zipfile.ZipFile) -> set[int]:
    root = _root(archive, "xl/styles.xml")
    if root is None:
        return set()
    drawn = [
        any(side.get("style", "none") != "none" for side in border) for border in root.iterfind("{*}borders/{*}border")
    ]
    return {
        at
        for at, style in enumerate(root.iterfind("{*}cellXfs/{*}xf"))
        if int(style.get("borderId") or 0) < len(drawn) and drawn[int(style.get("borderId") or 0)]
    }


def _place(reference: str) -> Place | None:
    found = _CELL.match(reference)
    if found is None:
        return None
    column = 0
    for letter in found[1]:
        column = column * 26 + ord(letter) - 64
    return int(found[2]) - 1, column - 1


def _relations(archive: zipfile.ZipFile, path: str) -> dict[str, str]:
    folder, name = posixpath.split(path)
    root = _root(archive, f"{folder}/_rels/{name}.rels")
    return {
        one.get("Id", ""): posixpath.normpath(posixpath.join("/" + folder, one.get("Target", ""))).lstrip("/")
        for one in (() if root is None else root)
        if one.get("TargetMode") != "External"
    }


def _root(archive: zipfile.ZipFile, path: str) -> Any:
    """Return the root of a part; None where there is none or where it cannot be read."""
    if path not in archive.namelist() or archive.getinfo(path).file_size > LARGEST:
        return None
    parser = etree.XMLParser(resolve_entities=False, load_dtd=False, no_network=True, recover=True)
    return etree.fromstring(archive.read(path), parser)
