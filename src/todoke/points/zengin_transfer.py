"""Zengin transfer 総合振込: the file by which a bank pays many shops, in fixed records of 120 bytes; pure.

Layout: 全国銀行協会「全銀協規定フォーマット」 総合振込 (種別コード 21), JIS half-width letters.
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from todoke.runtime.refusals import Refused

WIDTH = 120
MOST_YEN = 10**10 - 1
_SMALL = str.maketrans("ァィゥェォッャュョヮー", "アイウエオツヤユヨワ-")
_HALF = {unicodedata.normalize("NFKC", chr(code)): chr(code) for code in range(0xFF66, 0xFF9E)}
_HALF |= {"\u3099": "ﾞ", "\u309a": "ﾟ"}
_ALLOWED = re.compile(r"[ｦ-ﾟA-Z0-9().,\-/ ]*")


@dataclass(frozen=True)
class Payer:
    """委託者: who pays; ``code`` is the ten digits that the bank gave."""

    code: str
    name_kana: str
    bank_code: str
    branch_code: str
    account_kind: str
    account_number: str


@dataclass(frozen=True)
class Transfer:
    """振込: yen to one account; ``reference`` of up to 10 letters comes back on the bank's answer."""

    bank_code: str
    branch_code: str
    account_kind: str
    account_number: str
    payee_kana: str
    yen: int
    reference: str


def half_width(text: str) -> str:
    """Return a name in the letters that banks take. Raises Refused for any other, such as kanji."""
    whole = "".join(chr(ord(each) + 0x60) if "ぁ" <= each <= "ゖ" else each for each in text)
    plain = unicodedata.normalize("NFD", unicodedata.normalize("NFKC", whole).translate(_SMALL).upper())
    half = "".join(_HALF.get(each, each) for each in plain)
    if not _ALLOWED.fullmatch(half):
        raise Refused(f"「{text}」に、振込に使えない文字があります。カナと英数字で書き直してください。")
    return half


def transfer_file(payer: Payer, on: date, transfers: Sequence[Transfer]) -> bytes:
    """Return the file: a head, a record a transfer, the sum and the end, each ended by CR LF.

    Raises Refused without a transfer, for a name that a bank cannot take and for yen below 1 or of more than 10 digits.
    """
    if not transfers:
        raise Refused("振り込むものがありません。精算の決裁が済んでから作ってください。")
    if any(not 0 < each.yen <= MOST_YEN for each in transfers):
        raise Refused("振込額が1円に満たないか、大きすぎるものがあります。")
    head = ["1", "21", "0", _digits(payer.code, 10), _letters(payer.name_kana, 40), f"{on:%m%d}"]
    head += [_digits(payer.bank_code, 4), " " * 15, _digits(payer.branch_code, 3), " " * 15, payer.account_kind]
    records = [[*head, _digits(payer.account_number, 7)], *(_record(each) for each in transfers)]
    total = sum(each.yen for each in transfers)
    records += [["8", _digits(str(len(transfers)), 6), _digits(str(total), 12)], ["9"]]
    return "".join("".join(parts).ljust(WIDTH) + "\r\n" for parts in records).encode("cp932")


def _record(to: Transfer) -> list[str]:
    bank = [_digits(to.bank_code, 4), " " * 15, _digits(to.branch_code, 3), " " * 15, " " * 4]
    account = [to.account_kind, _digits(to.account_number, 7), _letters(to.payee_kana, 30), _digits(str(to.yen), 10)]
    return ["2", *bank, *account, "0", _letters(to.reference, 10), " " * 10, "7", " "]


def _digits(text: str, width: int) -> str:
    return text.rjust(width, "0")[-width:]


def _letters(text: str, width: int) -> str:
    return half_width(text)[:width].ljust(width)
