"""Field values 欄の値: a text of a field in its normal form, and what is wrong with it. Pure."""

import re
import unicodedata

from todoke.japanese import days, parsers
from todoke.japanese.postal_codes import regions_of
from todoke.scans.recognition.field_types import MARKED, FieldType

MOST = 2_000
_MAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
_DIGITS_OF = {FieldType.POSTAL: (7, 7), FieldType.PHONE: (10, 11), FieldType.ACCOUNT: (1, 7)}
_RANGE = {FieldType.MONTH: (1, 12), FieldType.DAY: (1, 31), FieldType.YEAR: (1, 2200)}


def normalised(kind: FieldType, text: str) -> str:
    """Return the text of a field as it is kept: digits in half width, kana in full width, no blanks at the ends.

    Names and addresses keep every character; a date keeps its era. Cut at 2,000 characters.
    """
    plain = parsers.carried_text(text).strip()[:MOST]
    if kind in {FieldType.POSTAL, FieldType.ACCOUNT}:
        return parsers.only_digits(plain) or plain
    if kind is FieldType.PHONE:
        return parsers.to_ascii_hyphens(plain).replace(" ", "")
    if kind in {FieldType.NUMBER, FieldType.MONEY}:
        number = parsers.parse_integer(plain)
        return plain if number is None else str(number)
    if kind in _RANGE:
        return "1" if plain == "元" else parsers.to_half_width(plain).lstrip("0") or plain
    if kind is FieldType.KANA:
        return "".join(map(_katakana, unicodedata.normalize("NFKC", plain)))
    if kind in {FieldType.EMAIL, FieldType.DATE}:
        return unicodedata.normalize("NFKC", plain)
    return plain


def _katakana(letter: str) -> str:
    return chr(ord(letter) + 0x60) if "ぁ" <= letter <= "ゖ" else letter


def problem(kind: FieldType, text: str, *, required: bool = False, choices: tuple[str, ...] = ()) -> str:
    """Return what is wrong with a normalised text, as a sentence; "" where nothing is."""
    if not text:
        return "空欄です。" if required else ""
    if kind in MARKED:
        chosen = text.split("\n")
        several = kind is FieldType.CHOICE and len(chosen) > 1
        return "二つ以上に印があります。" if several else "" if set(chosen) <= set(choices) else "選択肢にありません。"
    if kind in _DIGITS_OF:
        return _digits(kind, text)
    if kind in _RANGE:
        low, high = _RANGE[kind]
        return "" if text.isascii() and text.isdecimal() and low <= int(text) <= high else "この数にはなりません。"
    if kind in {FieldType.NUMBER, FieldType.MONEY}:
        return "" if parsers.parse_integer(text) is not None else "数として読めません。"
    if kind is FieldType.DATE:
        return "" if days.parse_date(text) else "ない日付です。"
    if kind is FieldType.EMAIL:
        return "" if _MAIL.fullmatch(text) else "メールアドレスの形ではありません。"
    if kind is FieldType.KANA:
        return "" if re.fullmatch(r"[ァ-ヶー・ 　]+", text) else "カタカナでない字があります。"
    return ""


def _digits(kind: FieldType, text: str) -> str:
    digits = parsers.only_digits(text)
    low, high = _DIGITS_OF[kind]
    if not low <= len(digits) <= high:
        return f"{low}けたではありません。" if low == high else f"{low}けたから{high}けたではありません。"
    return "この郵便番号はありません。" if kind is FieldType.POSTAL and not regions_of(digits) else ""
