"""Device work 機器の仕事: what waits for borrowers and for whoever lends devices; a constant number of queries."""

from todoke.accounts.models import User
from todoke.design.navigation import address
from todoke.japanese.calendar import today
from todoke.systems.models import DeviceLoan
from todoke.systems.permissions import MANAGE_DEVICES


def device_counts(user: User) -> list[tuple[str, int, str, str]]:
    """Return label, count, path and note of what waits for a person."""
    held, mine = DeviceLoan.objects.held_by(user).open(), address("office:my-devices")
    found = [
        ("受け取りを確かめる機器", held.filter(accepted_at=None).count(), mine, "借りた機器"),
        ("返す機器", held.filter(due_on__lte=today(), announced_at=None).count(), mine, "期限がきた機器"),
    ]
    if not MANAGE_DEVICES.held_by(user):
        return found
    loans, listed = DeviceLoan.objects.all(), address("office:device-loans")
    return [
        *found,
        ("返却を確かめる機器", loans.open().filter(announced_at__isnull=False).count(), f"{listed}?view=announced",
         "借りた人が返却を申し出たもの"),
        ("期限を過ぎた機器", loans.overdue().count(), f"{listed}?view=late", "貸しているもの"),
        ("離任する職員の機器", loans.of_leavers().count(), f"{listed}?view=leaving", "離任までに返してもらうもの"),
    ]  # fmt: skip
