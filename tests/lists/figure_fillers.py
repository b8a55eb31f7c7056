"""Rows for the lists behind figures 割合の内訳: procedures online or not, counted, paid for, explained and planned."""

from datetime import date, timedelta
from typing import Any

from tests import cast
from tests.lists.filling import Filling, Numbers
from tests.lists.inventory_fillers import DAY, inventory_rows
from todoke.accounts.models import User
from todoke.board.peer_list import PeerList
from todoke.board.rate_lists import CashlessList, CompletenessList, RateList
from todoke.board.roadmap_lists import RoadmapItemList, RoadmapList
from todoke.insights.volumes import fiscal_year_start
from todoke.japanese.calendar import today
from todoke.office.points.point_program_list import PointProgramList
from todoke.organization.models import Post
from todoke.plans.models import PeerFigure
from todoke.points.models import PointProgram
from todoke.procedures.models import Code, CodedValue, Volume
from todoke.roadmaps.models import Roadmap, RoadmapItem


def _clerk() -> tuple[User, Any]:
    return cast.clerk(), None


def _online(_: Any, numbers: Numbers) -> None:
    inventory_rows((2 * n + 1 for n in numbers), online_since=DAY)
    inventory_rows(2 * n + 2 for n in numbers)


def _counted(_: Any, numbers: Numbers) -> None:
    begins = fiscal_year_start(today())
    Volume.objects.bulk_create(
        Volume(procedure=each, starts_on=begins, ends_on=begins + timedelta(days=1), total=n % 4 + 1, online=n % 2)
        for n, each in enumerate(inventory_rows(n + 1 for n in numbers))
    )


def _paid(_: Any, numbers: Numbers) -> None:
    keys = ("2-3 クレジットカード払い", "1-1 行政機関の窓口")
    codes = [
        Code.objects.get_or_create(table="fee_method", key=key, defaults={"label": key, "position": 1})[0]
        for key in keys
    ]
    made = inventory_rows((n + 1 for n in numbers), online_since=DAY, fee="2")
    CodedValue.objects.bulk_create(
        CodedValue(procedure=each, code=codes[n % 2]) for n, each in enumerate(made) if n % 3
    )


def _explained(_: Any, numbers: Numbers) -> None:
    inventory_rows((2 * n + 1 for n in numbers), kind="1", fee="1", deadline="いつでも")
    inventory_rows((2 * n + 2 for n in numbers), kind="1")


def _roadmap(code: str) -> Roadmap:
    return Roadmap.objects.create(code=code, title=f"計画{code[-1]}", starts_on=date(2027, 4, 1), quarters=8)


def _roadmaps(_: Any, numbers: Numbers) -> None:
    for n in numbers:
        _roadmap(f"r{n:03}")


def _items(roadmap: Roadmap, numbers: Numbers) -> None:
    """Every other procedure found a quarter."""
    RoadmapItem.objects.bulk_create(
        RoadmapItem(
            roadmap=roadmap, procedure=each, effort=1, shared_effort=0, burden=n % 3, quarter=n % 4 if n % 2 else None
        )
        for n, each in enumerate(inventory_rows(range(2 * numbers.start + 1, 2 * numbers.stop + 1)))
    )


def _programs(_: Any, numbers: Numbers) -> None:
    PointProgram.objects.bulk_create(
        PointProgram(
            code=f"p{n:03}", title=f"事業{n % 3}", points=n % 4 + 1, starts_on=DAY, ends_on=DAY,
            expires_on=DAY + timedelta(days=n % 2),
        )
        for n in numbers
    )  # fmt: skip


def _peers(_: Any, numbers: Numbers) -> None:
    PeerFigure.objects.bulk_create(
        PeerFigure(
            municipality=f"自治体{n:03}", figure="procedures" if n % 2 else "volume", period="令和7年度", on=DAY,
            value=n % 5, meaning="公表の定義", source="公表資料", copied_on=DAY, numerator=n % 5 if n % 3 else None,
            denominator=100 if n % 3 else None,
        )
        for n in numbers
    )  # fmt: skip


def _treasurer() -> tuple[User, Any]:
    return cast.staff("会計 係員", "money@example.lg.jp", Post.Role.TREASURER), None


FIGURE_FILLINGS = (
    Filling(PeerList, _clerk, _peers),
    Filling(PointProgramList, _treasurer, _programs, section_only=True),
    Filling(RoadmapList, _clerk, _roadmaps),
    Filling(RoadmapItemList, lambda: (cast.clerk(), _roadmap("r1")), _items, place=lambda made: {"code": made.code}),
    Filling(RateList, _clerk, _online, place=lambda _: {"key": "possible"}),
    Filling(RateList, _clerk, _counted, place=lambda _: {"key": "volume"}),
    Filling(CashlessList, _clerk, _paid),
    Filling(CompletenessList, _clerk, _explained),
)
