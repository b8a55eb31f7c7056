"""Typesetting 組版: data to PDF/UA-1 with typst. What people wrote is data and never markup."""

import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import typst

FONTS = Path(__file__).parent / "fonts"
MISSING = re.compile(r'the text `"(.+?)"` could not be displayed')


def _compile(template: Path, text: str) -> bytes:
    made = typst.compile(
        template,
        root=template.parent,
        font_paths=[FONTS],
        ignore_system_fonts=True,
        sys_inputs={"data": text},
        pdf_standards=["ua-1"],
    )
    return bytes(made)


def typeset(template: Path, data: Mapping[str, Any]) -> bytes:
    """Return the PDF of a typst template, which reads ``data`` with ``json(bytes(sys.inputs.data))``.

    A character that no font has is printed as 〓 with its code, and ``data.missing`` lists it: nothing is left out
    in silence, and no document stays unprinted for the sake of a name.
    """
    text, missing = json.dumps(data, ensure_ascii=False), list[str]()
    while True:
        try:
            return _compile(template, json.dumps(json.loads(text) | {"missing": missing}, ensure_ascii=False))
        except typst.TypstError as error:
            found = MISSING.search(str(error))
            if found is None or found[1] in missing:
                raise
            missing.append(found[1])
            for character in found[1]:
                text = text.replace(character, f"〓(U+{ord(character):04X})")
