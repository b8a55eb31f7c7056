"""Proof of bookings: ``./todoke verify bookings``."""

import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from todoke.bookings.models import Booking
from todoke.notices.models import Message
from todoke.payments.models import Receipt
from todoke.proving import invariants
from todoke.proving.booking_proof import booking_acts, booking_check, synthetic_facilities
from todoke.proving.killed_people.proof import ARRIVED, PeopleProof
from todoke.proving.synthetic_users.clients import Journal


class BookingProof(PeopleProof):
    """Residents book, pay, cancel, wait, draw and visit, and a worker tells them."""

    noun, acts, has_worker = "booking", 1000, True
    words = "止めながら予約しても、重なりも、失われるお金もないか確かめます"
    acts_words = "応答のあった予約・支払・取消などの数"
    done, nothing = "確定", "B0 確定した予約がなく、何も確かめていません"
    clean = "重なり 0、使用料のない確定 0、二度の知らせ 0"

    def prepare(self, **sizes: int) -> None:
        synthetic_facilities.prepare()

    def live(self, seed: int, journal: Path) -> None:
        residents = booking_acts.Residents(seed, Journal(journal))
        while True:
            residents.act()

    def rest(self) -> None:
        booking_check.settle()
        invariants.finish_pending_jobs()

    def counts(self, journal: Path) -> dict[str, int]:
        facts = _lines(journal)
        told = Counter(fact["what"] for fact in facts)
        return {
            "応答": len(facts) - told["cut"],
            "予約": Booking.objects.count(),
            "確定": Booking.objects.filter(status="confirmed").count(),
            "納付": Receipt.objects.count(),
            "抽選": told["drawn"],
            "通知": Message.objects.count(),
            "断たれた応答": told["cut"],
            "メール": len(_arrived(journal)),
        }

    def check(self, journal: Path) -> Iterator[str]:
        return booking_check.check(_lines(journal), _arrived(journal))


def _lines(journal: Path) -> booking_check.Facts:
    return [json.loads(line) for line in journal.read_text().splitlines()]


def _arrived(journal: Path) -> list[str]:
    found: list[str] = json.loads(journal.with_name(ARRIVED).read_text())
    return found
