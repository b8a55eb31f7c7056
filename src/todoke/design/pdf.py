"""PDF 組版: renders data to PDF/UA-1 with typst; user input is passed as data, never as markup."""

import json
import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import typst

FONTS = Path(__file__).parent / "fonts"
MISSING = re.compile(r'the text `"(`|[^`]+)"` could not be displayed')


def render_pdf(template: Path, data: Mapping[str, Any], *, fonts: Iterable[Path] = (FONTS,)) -> bytes:
    """Return the PDF of a typst template, which reads the data with ``json(bytes(sys.inputs.data))``.

    ``fonts`` are folders. Raises typst.TypstError, among others for a character that none of the fonts has.
    """
    made = typst.compile(
        template,
        root=template.parent,
        font_paths=list(fonts),
        ignore_system_fonts=True,
        sys_inputs={"data": json.dumps(data, ensure_ascii=False)},
        pdf_standards=["ua-1"],
    )
    return bytes(made)


def render_office_pdf(template: Path, data: Mapping[str, Any]) -> bytes:
    """Return the PDF of an internal document, replacing characters without a glyph.

    A character that no font has is printed as 〓 with its code, and ``data.missing`` lists it. Raises typst.TypstError
    for any other fault.
    """
    text, missing = json.dumps(data, ensure_ascii=False), list[str]()
    while True:
        try:
            return render_pdf(template, json.loads(text) | {"missing": missing})
        except typst.TypstError as error:
            found = MISSING.search(str(error))
            if found is None or found[1] in missing:
                raise
            missing.append(found[1])
            for character in found[1]:
                text = text.replace(character, f"〓(U+{ord(character):04X})")
