"""Devices of the tests: a pool of a system, devices in it, and who lends them."""

from datetime import date, timedelta

from tests import cast
from tests.cast import systems
from todoke.accounts.models import User
from todoke.japanese.calendar import today
from todoke.organization.models import Post
from todoke.systems.models import Device, DeviceLoan, DevicePool, InformationSystem
from todoke.systems.models.device import DeviceEntry


def lender(email: str = "admin@example.lg.jp") -> User:
    return cast.staff("森 管理", email, Post.Role.ADMINISTRATOR, cast.department("DX推進課", "1002"))


def pool(code: str = "telework", name: str = "テレワーク端末", *, is_individual: bool = False) -> DevicePool:
    system = InformationSystem.objects.first() or systems.system()
    return DevicePool.objects.get_or_create(
        code=code, defaults={"name": name, "system": system, "is_individual": is_individual}
    )[0]


def devices(count: int, of: DevicePool, by: User, before: str = "T", since: date = date(2025, 4, 1)) -> list[Device]:
    entries = [DeviceEntry(f"{before}{n:03}", f"{before}{n:05}", "ノート型端末", since) for n in range(1, count + 1)]
    Device.register(of, entries, by=by)
    return list(of.devices.filter(asset_number__startswith=before))


def lent(device: Device, borrower: User, by: User, days: int = 7) -> DeviceLoan:
    section = borrower.tenures.all()[0].post.department
    return DeviceLoan.lend(
        device, department=section, borrower=borrower, purpose="在宅勤務", due_on=today() + timedelta(days=days), by=by
    )
