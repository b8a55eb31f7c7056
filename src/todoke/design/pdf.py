"""Typesetting 組版: data to PDF/UA-1 with typst. What people wrote is data and never markup."""

import json
import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import typst

FONTS = Path(__file__).parent / "fonts"
MISSING = re.compile(r'the text `"(.+?)"` could not be displayed')


def press(template: Path, data: Mapping[str, Any], *, fonts: Iterable[Path] = (FONTS,)) -> bytes:
    """Set data into a typst template, which reads it with ``json(bytes(sys.inputs.data))``: the one way to paper.

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


def typeset(template: Path, data: Mapping[str, Any]) -> bytes:
    """Return the PDF of a document of the office's own.

    A character that no font has is printed as 〓 with its code, and ``data.missing`` lists it: nothing is left out
    in silence, and no document stays unprinted for the sake of a name.
    """
    text, missing = json.dumps(data, ensure_ascii=False), list[str]()
    while True:
        try:
            return press(template, json.loads(text) | {"missing": missing})
        except typst.TypstError as error:
            found = MISSING.search(str(error))
            if found is None or found[1] in missing:
                raise
            missing.append(found[1])
            for character in found[1]:
                text = text.replace(character, f"〓(U+{ord(character):04X})")
