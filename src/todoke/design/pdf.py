"""PDF 組版: renders data to PDF/UA-1 with typst; user input is passed as data, never as markup."""

import json
import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from todoke.design.glyphs import read_coverage
from todoke.lazy_modules import typst

FONTS = Path(__file__).parent / "fonts"
_MISSING = re.compile(r'the text `"(`|[^`]+)"` could not be displayed')
_ESCAPED = re.compile(r"\\u\{([0-9a-f]{1,6})\}|\\(.)")
_TOO_DEEP = "maximum grouping depth exceeded"
_DISALLOWED = "\ufeff"
"""PDF/UA-1 (ISO 14289-1, 7.21.4.1) takes no text with this sign."""
_SIGNS = {"n": "\n", "r": "\r", "t": "\t", "0": "\0"}


class TooIntricate(Exception):
    """The typesetter's limit of nested styles was reached: a text changes its font too often."""


class NoGlyph(Exception):
    """The typesetter found no font for ``text``."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.text = text


def render_pdf(template: Path, data: Mapping[str, Any], *, fonts: Iterable[Path] = (FONTS,)) -> bytes:
    """Return the PDF of a typst template, which reads the data with ``json(bytes(sys.inputs.data))``.

    ``fonts`` are folders. Raises NoGlyph for a text that no font of the template shows, TooIntricate for one with too
    many changes of font, typst.TypstError for any other fault.
    """
    try:
        made = typst.compile(
            template,
            root=template.parent,
            font_paths=list(fonts),
            ignore_system_fonts=True,
            sys_inputs={"data": json.dumps(data, ensure_ascii=False)},
            pdf_standards=["ua-1"],
        )
    except typst.TypstError as error:
        if found := _MISSING.search(str(error)):
            raise NoGlyph(_ESCAPED.sub(_unescaped, found[1])) from error
        if _TOO_DEEP in str(error):
            raise TooIntricate from error
        raise
    return bytes(made)


def _unescaped(found: re.Match[str]) -> str:
    return chr(int(found[1], 16)) if found[1] else _SIGNS.get(found[2], found[2])


def render_office_pdf(template: Path, data: Mapping[str, Any]) -> bytes:
    """Return the PDF of an internal document, replacing characters without a glyph.

    A character that no font has is printed as 〓 with its code, and ``data.missing`` lists it. Those of no font at all
    are found before anything is set, the others, which the fonts of this template lack, one by one.
    """
    missing = _of_no_font(data)
    while True:
        try:
            return render_pdf(template, {**_with_codes(data, missing), "missing": missing})
        except NoGlyph as found:
            unseen = [character for character in dict.fromkeys(found.text) if character not in missing]
            if not unseen:
                raise
            missing += unseen


def render_pages(
    template: Path, data: Mapping[str, Any], *, dpi: int, fonts: Iterable[Path] = (FONTS,)
) -> list[bytes]:  # fmt: skip
    """Return each page of a template as PNG, set as ``render_office_pdf`` does. Raises typst.TypstError."""
    missing = _of_no_font(data)
    made = typst.compile(
        template,
        root=template.parent,
        font_paths=list(fonts),
        ignore_system_fonts=True,
        sys_inputs={"data": json.dumps({**_with_codes(data, missing), "missing": missing}, ensure_ascii=False)},
        format="png",
        ppi=dpi,
    )
    return [bytes(page) for page in made] if isinstance(made, list) else [bytes(made)]


def query_office_pdf(
    template: Path, data: Mapping[str, Any], selector: str, *, fonts: Iterable[Path] = (FONTS,)
) -> list[Any]:
    """Return the metadata under a label of a template, as ``render_office_pdf`` sets it. Raises typst.TypstError."""
    missing = _of_no_font(data)
    found = typst.query(
        template,
        selector,
        field="value",
        root=template.parent,
        font_paths=list(fonts),
        ignore_system_fonts=True,
        sys_inputs={"data": json.dumps({**_with_codes(data, missing), "missing": missing}, ensure_ascii=False)},
    )
    return list(json.loads(found))


def _of_no_font(data: object) -> list[str]:
    """Return the characters of all texts that none of our fonts has; blanks and invisible signs need no glyph."""
    faces = [read_coverage(path) for path in sorted(FONTS.glob("*.[ot]tf"))]
    return [
        character
        for character in sorted(set("".join(texts_in(data))))
        if character == _DISALLOWED
        or (
            not character.isspace()
            and unicodedata.category(character) not in {"Cf", "Mn"}
            and not any(face.covers(character) for face in faces)
        )
    ]


def texts_in(value: object) -> Iterator[str]:
    """Yield every string in nested data."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for inner in value.values():
            yield from texts_in(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from texts_in(inner)


def _with_codes(value: Any, missing: Collection[str]) -> Any:
    """Return nested data with 〓 and the code for each missing character, and for the marks and joiners upon it."""
    if isinstance(value, str):
        return _coded(value, missing)
    if isinstance(value, Mapping):
        return {key: _with_codes(inner, missing) for key, inner in value.items()}
    return [_with_codes(inner, missing) for inner in value] if isinstance(value, list | tuple) else value


def _coded(text: str, missing: Collection[str]) -> str:
    found, after = list[str](), False
    for character in text:
        after = character in missing or (after and unicodedata.category(character) in {"Mn", "Mc", "Me", "Cf"})
        found.append(f"〓(U+{ord(character):04X})" if after else character)
    return "".join(found)
