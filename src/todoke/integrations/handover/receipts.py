"""Receipts 受領書: the signed word of the other side about a parcel, and the code that a person types in its place."""

import hashlib
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from todoke.file_validation.json_text import letters_of
from todoke.runtime.installation_key import read_signed, write_signed
from todoke.runtime.refusals import Unreadable

FORMAT = "todoke-handover-receipt-1"
DIGITS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
LENGTH, GROUP = 20, 5
LARGEST = 1_000_000
NOTED = 2_000
"""Refusals that a receipt names; it says how many there are in all."""


@dataclass(frozen=True)
class Receipt:
    """受領書: of which parcel it is, how many records were taken, and which were not, by number and reason."""

    line: str
    sequence: int
    manifest: str
    accepted: int
    refused: int
    reasons: tuple[tuple[str, str], ...] = ()


def write_receipt(receipt: Receipt) -> str:
    """Return the text of a receipt, signed by this installation."""
    told = {
        "format": FORMAT, "line": receipt.line, "sequence": receipt.sequence, "manifest": receipt.manifest,
        "accepted": receipt.accepted, "refused": receipt.refused, "reasons": [list(each) for each in receipt.reasons],
    }  # fmt: skip
    return write_signed(told)


def read_receipt(content: bytes, *, peer: str) -> Receipt:
    """Return the receipt that a known installation signed. Raises Unreadable for anything else."""
    try:
        found = read_signed(content[: LARGEST + 1].decode(), wanted=FORMAT)
    except UnicodeDecodeError as problem:
        raise Unreadable("受領書ではありません。相手から受け取った受領書のファイルを選んでください。") from problem
    if found.signed_by != peer:
        raise Unreadable("受領書の署名を、この経路の相手のものと確かめられません。何も変わっていません。")
    try:
        return _receipt(found.body)
    except (KeyError, TypeError, ValueError) as problem:
        raise Unreadable("受領書の書き方が違います。相手の届けの版を、運用者に確かめてください。") from problem


def _receipt(body: dict[str, Any]) -> Receipt:
    reasons = tuple((letters_of(str(number)), letters_of(str(reason))) for number, reason in body["reasons"])
    accepted, refused = int(body["accepted"]), int(body["refused"])
    return Receipt(str(body["line"]), int(body["sequence"]), str(body["manifest"]), accepted, refused, reasons)


def code_of(manifest: str, accepted: int, refused: int) -> str:
    """Return the 20 characters that stand for a receipt where no file comes back: ABCDE-FGHJK-LMNPQ-RSTUV."""
    number = int.from_bytes(hashlib.sha256(f"{FORMAT} {manifest} {accepted} {refused}".encode()).digest())
    letters = "".join(DIGITS[number >> 5 * place & 31] for place in range(LENGTH))
    return "-".join(letters[at : at + GROUP] for at in range(0, LENGTH, GROUP))


def refused_by_code(typed: str, manifest: str, total: int) -> int | None:
    """Return how many records the code says were refused; None for a code of another parcel."""
    letters = "".join(letter for letter in unicodedata.normalize("NFKC", typed).upper() if letter.isalnum())
    counts: Sequence[int] = range(total + 1)
    return next((no for no in counts if code_of(manifest, total - no, no).replace("-", "") == letters), None)
