"""Language catalog ことばの追加: a workbook of every sentence of the residents' pages becomes one more language."""

import re
import struct
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from todoke.design.page_languages import BUILT_IN, catalog_words, is_language_code, locale_folder
from todoke.file_validation.bounded_read import read_bounded
from todoke.runtime.refusals import Unreadable
from todoke.spreadsheets.reader import Headings
from todoke.spreadsheets.table import read_table
from todoke.spreadsheets.writer import xlsx_file

JAPANESE, ENGLISH, TRANSLATION = "日本語", "英語", "訳"
HEADS = (JAPANESE, ENGLISH, TRANSLATION)
_PLACES = re.compile(r"%\(\w+\)[sd]|\{\w*\}|</?[a-z][^<>]*>")
_HEADER = "Content-Type: text/plain; charset=UTF-8\nPlural-Forms: nplurals=1; plural=0;\n"


@dataclass(frozen=True)
class Catalog:
    """訳の表: translations by Japanese sentence, and what was not taken with the reason."""

    words: Mapping[str, str]
    refused: list[str]


def english() -> dict[str, str]:
    """Return the English sentence of each Japanese one of the residents' pages."""
    return catalog_words(settings.ROOT / "src" / "todoke" / "locale" / "en")


def workbook(known: Mapping[str, str] | None = None) -> bytes:
    """Return the workbook to fill in, with what is translated already."""
    known = known or {}
    return xlsx_file(HEADS, [(key, text, known.get(key, "")) for key, text in sorted(english().items())])


def read_catalog(content: bytes) -> Catalog:
    """Return the translations of a workbook or CSV file. Raises Unreadable where it holds none."""
    wanted = Headings(required=((JAPANESE,), (TRANSLATION,)), known=(ENGLISH,), every_row=True)
    sources, words, refused = english(), dict[str, str](), list[str]()
    for line, cells in read_bounded(read_table, content, [wanted]).records():
        source, text = cells[JAPANESE], cells[TRANSLATION]
        if not text:
            continue
        if source not in sources:
            refused.append(f"{line}行目: いまの画面にない文です(「{source[:30]}」)")
        elif sorted(_PLACES.findall(source)) != sorted(_PLACES.findall(text)):
            refused.append(f"{line}行目: 差し込みの記号が元の文と違います(「{text[:30]}」)")
        else:
            words[source] = text
    if not words:
        raise Unreadable("使える訳が一つもありません。「訳」の列に書いてください。")
    return Catalog(words, refused)


def install_language(code: str, name: str, words: Mapping[str, str]) -> Path:
    """Write a language into the folder of this installation; what is not translated is said in English.

    Raises Unreadable for a code that is none, or one that the program brings.
    """
    if not is_language_code(code) or code in dict(BUILT_IN):
        raise Unreadable("ことばの記号が違います。例: pt-br、vi、zh-hans(ja、en は使えません)")
    place = locale_folder(settings.LOCALES, code)
    (place / "LC_MESSAGES").mkdir(parents=True, exist_ok=True)
    (place / "LC_MESSAGES" / "django.mo").write_bytes(_compiled({**english(), **words}))
    (place / "name.txt").write_text(name, encoding="utf-8")
    return place


def _compiled(words: Mapping[str, str]) -> bytes:
    """Return a catalog in the binary form of GNU gettext: header, two tables of length and place, then the texts."""
    pairs = sorted((key.encode(), text.encode()) for key, text in {"": _HEADER, **words}.items())
    start, tables, texts = 28 + 16 * len(pairs), [b"", b""], b""
    for side in (0, 1):
        for pair in pairs:
            tables[side] += struct.pack("<II", len(pair[side]), start + len(texts))
            texts += pair[side] + b"\0"
    head = struct.pack("<7I", 0x950412DE, 0, len(pairs), 28, 28 + 8 * len(pairs), 0, 0)
    return head + tables[0] + tables[1] + texts
