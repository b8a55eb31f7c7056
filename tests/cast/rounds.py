"""The cast of the rounds: a yearly survey of procedures that headquarters opened."""

from datetime import date

from tests.cast import staff
from todoke.organization.models import Post
from todoke.rounds import progress
from todoke.rounds.models import Round


def opened() -> Round:
    chief = staff("吉田", "dx@example.lg.jp", Post.Role.HEADQUARTERS)
    period = {"starts_on": date(2025, 4, 1), "ends_on": date(2026, 3, 31), "due_on": date(2026, 12, 25)}
    return progress.open_round("2026", "令和8年度 棚卸", **period, by=chief)
