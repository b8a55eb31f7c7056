"""Letter PDF 印字: chooses the font of each registered character; ``design.pdf`` sets the page."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from django.conf import settings

from todoke.design.glyphs import FontCoverage, choose_fonts, describe_cluster, read_coverage
from todoke.design.municipality import logo_image, municipality
from todoke.design.pdf import FONTS, NoGlyph, TooIntricate, render_pdf, texts_in
from todoke.runtime.refusals import Refused

HERE = Path(__file__).parent
FAMILIES = {
    "BIZUDMincho-Regular.ttf": "BIZ UDMincho",
    "DejaVuSerif-Names.ttf": "DejaVu Serif",
    "NotoSerifCJKjp-Names.otf": "Noto Serif CJK JP",
    "ipamjm.ttf": "IPAmjMincho",
}

ALTERNATIVE = "(印字できる書体のない字があるため、お名前は代替表記で記しています)"


class Unprintable(Refused):
    """The letter cannot be printed; the message says which characters no font has."""


def fonts() -> dict[str, Path]:
    """Return the font files by family, in the order of preference.

    An installation may add IPAmj Mincho (文字情報基盤) as ``var/fonts/ipamjm.ttf``.
    """
    places = (FONTS, settings.VAR / "fonts")
    found = {family: next((p / file for p in places if (p / file).exists()), None) for file, family in FAMILIES.items()}
    return {family: path for family, path in found.items() if path is not None}


def render_letter(data: Mapping[str, Any], template: str = "letter.typ") -> bytes:
    """Return the PDF of a letter. Raises Unprintable when no font has a character; none is ever left out."""
    known = fonts()
    faces: list[FontCoverage] = [read_coverage(path) for path in known.values()]
    data = with_alternative_names(data, faces)
    how = choose_fonts(texts_in(data), faces)
    if how.missing:
        raise _unprintable(how.missing)
    families = list(known)
    variants = [{"font": families[place], "clusters": list(clusters)} for place, clusters in how.by_face.items()]
    folders = sorted({path.parent for path in known.values()})
    try:
        return render_pdf(HERE / template, {**data, "variants": variants, **logo_data()}, fonts=folders)
    except NoGlyph as found:
        raise _unprintable([found.text]) from found
    except TooIntricate as found:
        raise Unprintable(
            "めったに使わない字が多すぎて、通知書に印字できません。引用する答えを減らすか、文を短くしてから作り直してください。"
        ) from found


def logo_data() -> dict[str, Any]:
    """Return what a template needs for the logo: its bytes as numbers, none without one, and the name as its text."""
    return {"logo": list(logo_image()), "logo_text": municipality().name}


def _unprintable(clusters: Iterable[str]) -> Unprintable:
    characters = "、".join(map(describe_cluster, clusters))
    return Unprintable(
        f"印字できる書体のない文字があります: {characters}。var/fonts に書体を加えてから作り直してください。"
    )


def with_alternative_names(data: Mapping[str, Any], faces: list[FontCoverage]) -> dict[str, Any]:
    """Return the data with alternative spellings (代替表記) where no font has the official name, and a note."""
    found = {key: value for key, value in data.items() if key != "recipient_plain"}
    if "labels" in found:
        found["labels"] = [with_alternative_names(label, faces) for label in found["labels"]]
    if data.get("recipient_plain") and choose_fonts([str(data["recipient"])], faces).missing:
        found |= {"recipient": data["recipient_plain"], "spelling": ALTERNATIVE}
    return found
