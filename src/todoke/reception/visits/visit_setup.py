"""Visit setup 来庁の用件の登録: what people come for, when, and how many officers, desks and interpreters there are."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction

from todoke.accounts.models import User
from todoke.audit.log import record
from todoke.audit.transitions import stamp_once
from todoke.bookings.hall_setup import FrameLine
from todoke.bookings.models import Resource
from todoke.bookings.permissions import MANAGE_BOOKINGS
from todoke.japanese.calendar import today
from todoke.organization.models import Department
from todoke.reception.models import AvailabilityPeriod, VisitPurpose
from todoke.runtime.refusals import Conflict, NotAllowed, Refused

NAMES = {"person": "担当者", "desk": "相談窓口", "video": "オンラインの席", "interpreter": "通訳"}


@dataclass(frozen=True)
class VisitSetup:
    """用件の内容: title, minutes, ways, lead days, papers, times, and how many people and places there are."""

    title: str
    minutes: int
    modes: Sequence[str]
    lead_days: int
    papers: str
    times: Sequence[FrameLine]
    officers: int = 1
    desks: int = 0
    screens: int = 0
    language: str = ""


@transaction.atomic
def open_purpose(department: Department, setup: VisitSetup, *, by: User) -> VisitPurpose:
    """用件の登録: receive people for a purpose from today on; officers and places are added where there are fewer.

    Raises NotAllowed, Refused for a way that has no officer, desk or screen.
    """
    _require(by, department)
    counts = {"person": setup.officers, "desk": setup.desks, "video": setup.screens}
    if not setup.modes or not setup.times or not setup.officers:
        raise Refused("方法を1つ以上選び、受け付ける時間と担当者の人数を入れてください。")
    if lacking := [each for each in ("desk", "video") if each in setup.modes and not counts[each]]:
        raise Refused(f"「{NAMES[lacking[0]]}」の数を入れてください。選んだ方法に要ります。")
    made = VisitPurpose.objects.create(
        code=f"v{secrets.token_hex(5)}", title=setup.title.strip(), department=department, minutes=setup.minutes,
        modes=" ".join(setup.modes), lead_days=setup.lead_days, papers=setup.papers.strip(),
    )  # fmt: skip
    for line in setup.times:
        for weekday in line.weekdays:
            AvailabilityPeriod.objects.create(
                department=department, weekday=weekday, opens=line.opens, closes=line.closes,
                grid_minutes=setup.minutes, starts_on=today(),
            ).purposes.add(made)  # fmt: skip
    for kind, count in counts.items():
        _provide(department, kind, count)
    if setup.language:
        _provide(department, "interpreter", 1, skill=setup.language)
    facts = {"名称": made.title, "方法": made.modes, **counts}
    record(made, "来庁の用件の登録", by=by, after=facts, first=True)
    return made


@transaction.atomic
def end_purpose(purpose: VisitPurpose, *, by: User) -> None:
    """用件の終了: take no more visits for a purpose; those that are booked stay. Raises NotAllowed, Conflict."""
    _require(by, purpose.department)
    if not stamp_once(purpose, "ended_on", today()):
        raise Conflict("この用件の受付は、もう終わっています。")
    record(purpose, "来庁の用件の終了", by=by, after={"終わり": purpose.ended_on})


def _require(by: User, department: Department) -> None:
    if not MANAGE_BOOKINGS.held_by(by, department):
        raise NotAllowed("来庁の用件を登録できるのは、その部署で予約を受ける人だけです。")


def _provide(department: Department, kind: str, count: int, *, skill: str = "") -> None:
    """Add officers or places until a section has so many of a kind; none is taken away."""
    found = Resource.objects.filter(department=department, kind=kind, skill=skill, group=None, ended_on=None)
    known = sum(each.parts.count() for each in found)
    if known >= count:
        return
    code, name = f"r{secrets.token_hex(5)}", f"{NAMES[kind]}{f'({skill})' if skill else ''}"
    made = found.first() or Resource.objects.create(code=code, name=name, kind=kind, department=department, skill=skill)
    for number in range(known + 1, count + 1):
        made.parts.create(code=f"n{number}", name=f"{number}番")
