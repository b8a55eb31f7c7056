"""Printing 印字: letters show each name as it is registered; the faces are chosen here, the page is set in design."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from django.conf import settings

from todoke.cases.letters.glyphs import Face, named, read_face, showing
from todoke.design.pdf import FONTS, press
from todoke.runtime.refusals import Refused

HERE = Path(__file__).parent
FAMILIES = {
    "BIZUDMincho-Regular.ttf": "BIZ UDMincho",
    "NotoSerifCJKjp-Names.otf": "Noto Serif CJK JP",
    "ipamjm.ttf": "IPAmjMincho",
}

ALTERNATIVE = "(印字できる書体のない字があるため、お名前は代替表記で記しています)"


class Unprintable(Refused):
    """The letter cannot be printed; the message says which characters no font has."""


def fonts() -> dict[str, Path]:
    """Return the font files by family, in the order in which they are tried.

    An installation may add IPAmj Mincho (文字情報基盤) by laying ``ipamjm.ttf`` into ``var/fonts``.
    """
    places = (FONTS, settings.VAR / "fonts")
    found = {family: next((p / file for p in places if (p / file).exists()), None) for file, family in FAMILIES.items()}
    return {family: path for family, path in found.items() if path is not None}


def print_letter(data: Mapping[str, Any], template: str = "letter.typ") -> bytes:
    """Return the PDF of a letter. Raises Unprintable when no font has a character; nothing is ever left out."""
    known = fonts()
    faces: list[Face] = [read_face(path) for path in known.values()]
    data = spelled(data, faces)
    how = showing(texts_in(data), faces)
    if how.missing:
        characters = "、".join(named(cluster) for cluster in how.missing)
        raise Unprintable(
            f"印字できる書体のない文字があります: {characters}。var/fonts に書体を加えてから作り直してください。"
        )
    families = list(known)
    variants = [{"font": families[place], "clusters": list(clusters)} for place, clusters in how.by_face.items()]
    folders = sorted({path.parent for path in known.values()})
    return press(HERE / template, {**data, "variants": variants}, fonts=folders)


def spelled(data: Mapping[str, Any], faces: list[Face]) -> dict[str, Any]:
    """Address people in their alternative spelling (代替表記) where no font has the official one, and say so."""
    found = {key: value for key, value in data.items() if key != "recipient_plain"}
    if "labels" in found:
        found["labels"] = [spelled(label, faces) for label in found["labels"]]
    if data.get("recipient_plain") and showing([str(data["recipient"])], faces).missing:
        found |= {"recipient": data["recipient_plain"], "spelling": ALTERNATIVE}
    return found


def texts_in(value: object) -> Iterator[str]:
    """Yield every text in nested data."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for inner in value.values():
            yield from texts_in(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from texts_in(inner)
