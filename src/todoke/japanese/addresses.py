"""Addresses 住所の表記: one key for the ways in which people write 丁目, 番地 and 号, for search only."""

import re
import unicodedata
from dataclasses import dataclass

from todoke.japanese.parsers import to_ascii_hyphens
from todoke.japanese.variants import name_key

LONGEST = 200
_DIGITS = {letter: value for value, letter in enumerate("〇一二三四五六七八九")}
_UNITS = {"十": 10, "百": 100, "千": 1000}
_KANJI = "[〇一二三四五六七八九十百千]{1,7}"
_NUMERAL = re.compile(
    rf"{_KANJI}(?=丁目|番地|番|号)|{_KANJI}(?=-\d)|(?<=\d-){_KANJI}|(?<=番地の){_KANJI}|(?<=番の){_KANJI}"
)
_POSTAL = re.compile(r"^〒?\d{3}-?\d{4}(?=\D)")
_PART = r"(?:丁目|番地の|番地|番の|番|号|-|の|ノ)"
_NUMBERS = re.compile(rf"-?(\d{{1,6}}(?:{_PART}{{1,2}}\d{{1,6}}){{0,4}})")
_PREFECTURE = re.compile(r"^(?:北海道|東京都|京都府|大阪府|.{2,3}県)")


@dataclass(frozen=True)
class AddressKey:
    """住所の鍵: the folded name of the town (町・大字) and the numbers after it, 本町二丁目16番32号 as (2, 16, 32)."""

    town: str
    numbers: tuple[int, ...]

    @property
    def number(self) -> str:
        """The numbers as 2-16-32; "" where none was written."""
        return "-".join(map(str, self.numbers))


def address_key(text: str, municipality: str = "") -> AddressKey:
    """Return the key of an address; the town is "" where none was written.

    Prefecture and ``municipality`` before the town, and buildings after the numbers, are left out.
    """
    plain = to_ascii_hyphens(re.sub(r"[\s、,]", "", unicodedata.normalize("NFKC", text[:LONGEST])))
    plain = _NUMERAL.sub(lambda found: str(whole_number(found[0])), _POSTAL.sub("", plain))
    found = _NUMBERS.search(plain)
    town = plain[: found.start()] if found else plain
    for before in (municipality, _PREFECTURE.sub("", municipality)):
        town = town.removeprefix(before)
    numbers = tuple(map(int, re.findall(r"\d+", found[1]))) if found else ()
    return AddressKey(town_key(town), numbers)


def town_key(town: str) -> str:
    """Return the name of a town without 大字 and 字, in one width and form of its characters: 三ケ名 as 三ヶ名."""
    return name_key(re.sub("大字|小字|字", "", town)).replace("ゖ", "け").replace("ヵ", "か")


def whole_number(kanji: str) -> int:
    """Return a number below 10,000 that is written in kanji: 二十三 and 二三 are both 23."""
    if not any(letter in _UNITS for letter in kanji):
        return int("".join(str(_DIGITS[letter]) for letter in kanji))
    total = digit = 0
    for letter in kanji:
        if letter in _UNITS:
            total, digit = total + (digit or 1) * _UNITS[letter], 0
        else:
            digit = _DIGITS[letter]
    return total + digit
