"""Printing 印字: data to PDF/UA-1 with typst; text from people is data and never markup."""

import json
import re
from collections.abc import Mapping
from pathlib import Path

import typst
from django.conf import settings

HERE = Path(__file__).parent
FONTS = settings.ROOT / "src" / "todoke" / "design" / "fonts"


class Unprintable(Exception):
    """The letter cannot be printed; the message says which characters no font has."""


def print_letter(data: Mapping[str, object], template: str = "letter.typ") -> bytes:
    """Return the PDF of a letter. Raises Unprintable when no font has a character; nothing is ever left out."""
    try:
        made = typst.compile(
            HERE / template,
            root=HERE,
            font_paths=[FONTS],
            ignore_system_fonts=True,
            sys_inputs={"letter": json.dumps(data, ensure_ascii=False)},
            pdf_standards=["ua-1"],
        )
    except typst.TypstError as error:
        found = re.search(r'the text `"(.+?)"` could not be displayed', str(error))
        if found is None:
            raise
        raise Unprintable(f"印字できる書体のない文字があります: {found[1]}") from error
    return bytes(made)
