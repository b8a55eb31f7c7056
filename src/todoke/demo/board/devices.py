"""Devices of the demo ward: two pools, loans on time and late, one broken, one lost; all invented."""

from datetime import timedelta

from django.utils import timezone

from todoke.demo.people import person
from todoke.japanese.calendar import today
from todoke.japanese.periods import this_month
from todoke.systems.models import (
    Device,
    DeviceLoan,
    DevicePool,
    DeviceUse,
    InformationSystem,
    LossReport,
    ReportDeadline,
)
from todoke.systems.models.device import DeviceEntry

MODELS = ("ノートPC 13型(架空)", "ノートPC 14型(架空)", "タブレット(架空)")
REPORTS = (
    ("個人情報保護委員会への速報", 5, "個人情報の保護に関する法律施行規則(架空の区の確認。条文を確かめてください)"),
    ("個人情報保護委員会への確報", 30, "個人情報の保護に関する法律施行規則(架空の区の確認。条文を確かめてください)"),
)


def build() -> None:
    """Register 180 devices, 30 of them in individual use, and lend some."""
    admin = person("admin")
    system = InformationSystem.objects.create(
        code="telework", name="テレワーク基盤", department=admin.tenures.all()[0].post.department,
        vendor="東都情報株式会社(架空)", last_used_on=today(),
    )  # fmt: skip
    own = DevicePool.objects.create(code="own", name="個別対応端末", system=system, is_individual=True)
    shared = DevicePool.objects.create(code="shared", name="テレワーク端末", system=system)
    Device.register(own, _entries("K", 30), by=admin)
    Device.register(shared, _entries("T", 150), by=admin)
    for title, days, source in REPORTS:
        ReportDeadline.objects.create(
            data_class="personal", title=title, days=days, source=source, confirmed_on=today()
        )
    _lend(list(shared.devices.all()))


def _entries(before: str, count: int) -> list[DeviceEntry]:
    bought = today() - timedelta(days=400)
    return [DeviceEntry(f"{before}-{n:03}", f"DEMO{before}{n:04}", MODELS[n % 3], bought) for n in range(1, count + 1)]


def _lend(devices: list[Device]) -> None:
    """Lend to four people in turn; two are late, one comes back broken, one is lost."""
    admin, people = person("admin"), [person(name) for name in ("clerk", "chief", "dx", "designer")]
    loans = [
        DeviceLoan.lend(
            device, department=borrower.tenures.all()[0].post.department, borrower=borrower,
            purpose="在宅勤務(架空)" if number % 2 else "出張(架空)", due_on=today() + timedelta(days=number % 20),
            by=admin,
        )
        for number, (device, borrower) in enumerate(zip(devices[:24], people * 6, strict=True))
    ]  # fmt: skip
    for number, loan in enumerate(loans):
        _hand_out_earlier(loan, days=10 + number)
        if loan.borrower is not None and number % 3:
            loan.accept(by=loan.borrower)
    broken, lost = loans[4], loans[5]
    if broken.borrower is not None and lost.borrower is not None:
        broken.announce_return("画面が割れて映らない(架空)", is_broken=True, by=broken.borrower)
        LossReport.of_loan(
            lost, noticed_at=timezone.now() - timedelta(hours=3), place="電車の中(架空)", data_class="personal",
            by=lost.borrower,
        )  # fmt: skip
    _use(loans)


def _hand_out_earlier(loan: DeviceLoan, *, days: int) -> None:
    """Let a loan have begun some days ago, so that the figures of the demo have a history."""
    began = timezone.now() - timedelta(days=days)
    late = loan.number.endswith(("07", "08"))
    due_on = today() - timedelta(days=5) if late else loan.due_on
    DeviceLoan.objects.filter(pk=loan.pk).update(starts_on=began.date(), handed_at=began, due_on=due_on)


def _use(loans: list[DeviceLoan]) -> None:
    """Let the gateway have seen half of the devices on every second day of this month, as far as it is over."""
    month = this_month(today())
    seen = [
        (loan.device.asset_number, today() - timedelta(days=n))
        for loan in loans[::2] for n in range(0, 10, 2) if today() - timedelta(days=n) >= month.first
    ]  # fmt: skip
    DeviceUse.import_gateway(seen, month, by=person("admin"))
