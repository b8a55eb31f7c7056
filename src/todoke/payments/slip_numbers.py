"""Slip numbers 納付書の番号: the four numbers of Pay-easy and their check digits; pure, all digits as text.

Lengths as billers print them: 収納機関番号 5, 納付番号 20, 確認番号 6, 納付区分 3; the eL number is all in a row.
The institution's number is assigned to a municipality by the network; until then the sample 99999 is printed.
"""

import hashlib
import hmac
from dataclasses import dataclass

from todoke.runtime.refusals import Unreadable

BODY = 19


class InvalidSlipNumber(Unreadable):
    """A slip number with a wrong length or check digit (番号の誤り)."""


@dataclass(frozen=True)
class SlipNumbers:
    """The four numbers (納付書の番号) under which one payment is known to banks."""

    institution: str
    payment: str
    confirmation: str
    division: str

    @property
    def el_number(self) -> str:
        """The eL number: 34 digits."""
        return self.institution + self.payment + self.confirmation + self.division


def check_digit(digits: str) -> str:
    """Return the check digit, modulus 10 with weights 2 and 1 from the right: any one digit or most swaps show."""
    total = 0
    for place, digit in enumerate(reversed(digits)):
        product = int(digit) * (2 if place % 2 == 0 else 1)
        total += product // 10 + product % 10
    return str(-total % 10)


def confirmation_of(payment: str, yen: int, secret: str) -> str:
    """Return the confirmation number 確認番号: six digits that bind a payment number to its amount."""
    seal = hmac.new(secret.encode(), f"slip:{payment}:{yen}".encode(), hashlib.sha256).digest()
    return f"{int.from_bytes(seal[:8]) % 10**6:06}"


def numbers(serial: int, *, yen: int, fiscal_year: int, institution: str, secret: str) -> SlipNumbers:
    """Return the numbers of the slip with a serial: 納付区分 is the fiscal year in three digits."""
    body = f"{fiscal_year % 100:02}{serial:0{BODY - 2}}"
    payment = body + check_digit(body)
    return SlipNumbers(institution, payment, confirmation_of(payment, yen, secret), f"{fiscal_year % 1000:03}")


def verify(payment: str) -> None:
    """Check the length and check digit of a payment number. Raises InvalidSlipNumber."""
    if len(payment) != BODY + 1 or not payment.isdecimal() or check_digit(payment[:-1]) != payment[-1]:
        raise InvalidSlipNumber("納付番号が正しくありません。20桁の数字を確かめてください。")
