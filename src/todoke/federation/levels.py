"""Levels 認証の強さ: what each act needs by its release's identity, from dated tables; pure, without database or clock.

Authentication 当人認証: 1 password or mailed code, 2 with a second factor, 3 card. Proofing 身元確認: 0 none,
1 self-declared, 2 documents seen by staff, 3 the card's certificate. Source of law: the rows name theirs.
"""

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import NamedTuple

DATA = Path(__file__).with_name("data")
CLOCK_SKEW = timedelta(minutes=1)


class Act(StrEnum):
    """行為: a step of an application that needs a level; ``ENTER`` is every step that staff take for an applicant."""

    BEGIN = "begin"
    SAVE = "save"
    UPLOAD = "upload"
    PRICE = "price"
    SEND = "send"
    PAY = "pay"
    CORRECT = "correct"
    WITHDRAW = "withdraw"
    DOWNLOAD = "download"
    ENTER = "enter"


class Way(StrEnum):
    """方法: how a need is met."""

    OPEN = "open"
    ACCOUNT = "account"
    DOCUMENT = "document"
    CARD = "card"


class Need(NamedTuple):
    """必要な強さ: one sufficient way; with ``fresh_within`` the authentication may be no older."""

    way: Way
    authentication: int
    proofing: int
    fresh_within: timedelta | None = None


class Authentication(NamedTuple):
    """当人認証: the level that a session or a check showed, and when."""

    level: int
    at: datetime


class Proof(NamedTuple):
    """確認の内容: what one valid identity check proves; its authentication only where ``authenticates``."""

    authentication: int
    proofing: int
    at: datetime
    authenticates: bool


@dataclass(frozen=True)
class Assurance:
    """確かさ: everything a person has shown for one act."""

    authentications: tuple[Authentication, ...] = ()
    proofing: int = 0

    def meets(self, need: Need, at: datetime) -> bool:
        """Whether one way is met at an instant; an authentication dated in the future counts for nothing."""
        return self.proofing >= need.proofing and (
            need.authentication == 0
            or any(
                shown.level >= need.authentication
                and shown.at <= at + CLOCK_SKEW
                and (need.fresh_within is None or at - shown.at <= need.fresh_within)
                for shown in self.authentications
            )
        )


def assurance_of(session: Iterable[Authentication], checks: Iterable[Proof], *, declared: bool) -> Assurance:
    """Return what a session and the valid checks of its person and draft amount to.

    ``declared`` says that the session is that of the account which the draft belongs to: proofing 1 (自己申告).
    """
    found = tuple(checks)
    by_checks = [Authentication(check.authentication, check.at) for check in found if check.authenticates]
    shown = (*session, *by_checks)
    return Assurance(shown, max([int(declared), *(check.proofing for check in found)]))


class LevelRow(NamedTuple):
    """水準の表の行: from a day on, one way in which an act of a release with an identity may be done."""

    identity: str
    act: str
    starts_on: date
    need: Need


class CheckLevel(NamedTuple):
    """確認の強さ: what a method of identification proves, and for how long."""

    authentication: int
    proofing: int
    valid_for: timedelta


@cache
def level_rows() -> tuple[LevelRow, ...]:
    """Return the table of levels, read once."""
    with (DATA / "levels.csv").open(encoding="utf-8") as file:
        return tuple(_level_row(line, act) for line in csv.DictReader(file) for act in line["acts"].split())


def _level_row(line: dict[str, str], act: str) -> LevelRow:
    fresh = timedelta(minutes=int(line["fresh_minutes"])) if line["fresh_minutes"] else None
    need = Need(Way(line["way"]), int(line["authentication"]), int(line["proofing"]), fresh)
    return LevelRow(line["identity"], Act(act), date.fromisoformat(line["starts_on"]), need)


@cache
def needs(identity: str, act: Act, on: date) -> tuple[Need, ...]:
    """Return the ways of which one suffices, by the rows in force on a day; where there is no row, none suffices."""
    rows = [row for row in level_rows() if (row.identity, row.act) == (identity, act) and row.starts_on <= on]
    newest = max((row.starts_on for row in rows), default=None)
    return tuple(row.need for row in rows if row.starts_on == newest)


@cache
def check_level(method: str, holder: str, on: date) -> CheckLevel | None:
    """Return what a method proves for a ``holder`` (``user`` or ``draft``) on a day; None where it is nothing."""
    with (DATA / "checks.csv").open(encoding="utf-8") as file:
        rows = [line for line in csv.DictReader(file) if (line["method"], line["holder"]) == (method, holder)]
    dated = sorted((date.fromisoformat(line["starts_on"]), place) for place, line in enumerate(rows))
    in_force = [place for starts_on, place in dated if starts_on <= on]
    if not in_force:
        return None
    line = rows[in_force[-1]]
    return CheckLevel(int(line["authentication"]), int(line["proofing"]), timedelta(days=int(line["days"])))


def is_met(wanted: Iterable[Need], assurance: Assurance, at: datetime) -> bool:
    """Whether one of the ways is met."""
    return any(assurance.meets(need, at) for need in wanted)
