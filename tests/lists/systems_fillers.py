"""Rows for devices, automations and subscriptions."""

from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from tests import cast
from tests.cast import devices, subscriptions, systems
from tests.lists.filling import Filling, Numbers, secretary_with
from todoke.accounts.models import User
from todoke.board.automations.automation_lists import AutomationList, MissedRunList
from todoke.board.subscriptions.subscription_list import SubscriptionList
from todoke.japanese.calendar import today
from todoke.office.devices.device_lists import DeviceList, DeviceLoanList, LossReportList, StocktakeList
from todoke.organization.models import Post
from todoke.systems.models import (
    Automation,
    Device,
    DeviceLoan,
    DevicePool,
    Incident,
    LicencePrice,
    LicenceUse,
    LossReport,
    MissedRun,
    Stocktake,
    StocktakeLine,
    Subscription,
)

DAY = date(2026, 4, 1)


def _posts(by: User) -> tuple[Post, Post]:
    held = by.tenures.all()[0].post
    return held, Post.objects.create(department=cast.department("税務課", "2020"), title="空席", role=Post.Role.CLERK)


def _automations(posts: tuple[Post, Post], numbers: Numbers) -> list[Automation]:
    return Automation.objects.bulk_create(
        Automation(
            code=f"a-{n:03}", title=f"転記{n % 4}", kind=("rpa", "macro", "ocr")[n % 3], owner=posts[n % 2],
            deputy=posts[0], data_class="internal", zone="lgwan", unit="1行", fallback="手で入れる",
            promised_minutes=n % 3 or None, review_on=today() + timedelta(days=n % 3 - 1) if n % 4 else None,
            status=("applied", "trial", "stopped")[n % 3],
        )
        for n in numbers
    )  # fmt: skip


def _missed(posts: tuple[Post, Post], numbers: Numbers) -> None:
    now = timezone.now()
    MissedRun.objects.bulk_create(
        MissedRun(automation=automation, due_at=now - timedelta(days=automation.pk % 3))
        for automation in _automations(posts, numbers)
    )


def _budget(_: User) -> None:
    subscriptions.budget(today().year + 2, today() + timedelta(days=20))


def _subscriptions(_: Any, numbers: Numbers) -> None:
    sections, month = (cast.department(), cast.department("税務課", "2020")), today().replace(day=1)
    made = Subscription.objects.bulk_create(
        Subscription(
            code=f"u-{n:03}", name=f"道具{n % 4}", department=sections[n % 2], kind=("seat", "flat")[n % 2],
            trial_from=DAY if n % 3 else None, trial_until=today() + timedelta(days=n % 3) if n % 3 else None,
        )
        for n in numbers
    )  # fmt: skip
    LicencePrice.objects.bulk_create(LicencePrice(subscription=each, yen=350, seats=10, starts_on=DAY) for each in made)
    LicenceUse.objects.bulk_create(
        LicenceUse(subscription=each, month=month, active_seats=each.pk % 10, source="管理画面") for each in made
    )


def _pool() -> tuple[User, DevicePool]:
    return devices.lender(), devices.pool()


def _devices(pool: DevicePool, numbers: Numbers, status: str = "stock") -> list[Device]:
    return Device.objects.bulk_create(
        Device(
            asset_number=f"T{n:04}", serial=f"S{n:04}" if n % 2 else "", model=f"端末{n % 4}", pool=pool,
            acquired_on=DAY + timedelta(days=n % 3), status=status, gone_on=DAY if status == "lost" else None,
        )
        for n in numbers
    )  # fmt: skip


def _loans(pool: DevicePool, numbers: Numbers) -> None:
    now, section = timezone.now(), cast.department()
    person = User.objects.filter(tenures__isnull=False)[0]
    DeviceLoan.objects.bulk_create(
        DeviceLoan(
            number=f"K-{n:04}", device=device, department=section, borrower=person if n % 3 else None, purpose="在宅",
            starts_on=DAY + timedelta(days=n % 4), due_on=today() + timedelta(days=n % 5 - 2), handed_at=now,
            accepted_at=now if n % 2 else None, announced_at=now if n % 4 == 1 else None,
        )
        for n, device in zip(numbers, _devices(pool, numbers, "lent"), strict=True)
    )  # fmt: skip


def _some_lent(pool: DevicePool, numbers: Numbers) -> None:
    _devices(pool, numbers[::2])
    _loans(pool, numbers[1::2])


def _losses(pool: DevicePool, numbers: Numbers) -> None:
    noticed = systems.at(4, 1, 9)
    incidents = Incident.objects.bulk_create(
        Incident(number=f"I-{n:04}", system=pool.system, title="紛失", symptoms="ない", detected_at=noticed)
        for n in numbers
    )
    LossReport.objects.bulk_create(
        LossReport(
            number=f"L-{n:04}", device=device, noticed_at=noticed + timedelta(hours=n % 3), place="駅",
            reported_at=noticed + timedelta(days=n % 4), data_class=("open", "personal")[n % 2], incident=incident,
            wiped_at=noticed if n % 2 else None,
        )
        for n, device, incident in zip(numbers, _devices(pool, numbers, "lost"), incidents, strict=True)
    )  # fmt: skip


def _shelf() -> tuple[User, Device]:
    by, pool = _pool()
    return by, _devices(pool, range(1))[0]


def _stocktakes(device: Device, numbers: Numbers) -> None:
    begun = systems.at(4, 1, 9)
    made = Stocktake.objects.bulk_create(
        Stocktake(
            number=f"Z-{n:04}", opened_at=begun + timedelta(days=n % 3),
            closed_at=begun + timedelta(days=n % 4 + 3) if n % 2 else None,
        )
        for n in numbers
    )  # fmt: skip
    StocktakeLine.objects.bulk_create(StocktakeLine(stocktake=each, device=device) for each in made)


SYSTEMS_FILLINGS = (
    Filling(AutomationList, secretary_with(_posts), _automations),
    Filling(MissedRunList, secretary_with(_posts), _missed),
    Filling(SubscriptionList, secretary_with(_budget), _subscriptions),
    Filling(DeviceList, _pool, _some_lent, section_only=True),
    Filling(DeviceLoanList, _pool, _loans, section_only=True),
    Filling(LossReportList, _pool, _losses, section_only=True),
    Filling(StocktakeList, _shelf, _stocktakes),
)
