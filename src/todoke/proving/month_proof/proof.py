"""Proof of months: ``./todoke verify months``."""

from collections.abc import Iterator
from pathlib import Path

from todoke.proving.killed_people.proof import PeopleProof
from todoke.proving.month_proof import month_acts, month_check
from todoke.workforce.models import ClockCorrection, MonthClose, MonthSheet


class MonthProof(PeopleProof):
    """Staff confirm, approve, correct, close and reopen months of attendance."""

    noun, is_heavy = "month", True
    words = "止めながら勤怠の月を確認し、承認し、締め、再開しても、記録が食いちがわないか確かめます"
    acts_words = "終わった確認・承認・訂正・締めなどの数"
    done, nothing = "締め", "M0 締めた月がなく、何も確かめていません"
    clean = "締めたあとに変わった記録 0、二つの締め 0、失われた訂正 0"

    def prepare(self, **sizes: int) -> None:
        month_acts.prepare()

    def live(self, seed: int, journal: Path) -> None:
        month_acts.Staff(seed).live(journal)

    def counts(self, journal: Path) -> dict[str, int]:
        return {
            "承認": MonthSheet.objects.filter(status__in=["approved", "closed"]).count(),
            "訂正": ClockCorrection.objects.count(),
            "締め": MonthClose.objects.count(),
            "再開": MonthClose.objects.filter(status=MonthClose.Status.REOPENED).count(),
        }

    def check(self, journal: Path) -> Iterator[str]:
        return month_check.check()
