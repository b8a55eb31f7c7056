"""Device figures 機器の指標: how many devices there are, and the device-days of a period."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q

from todoke.japanese.calendar import today
from todoke.japanese.periods import Period
from todoke.systems.devices.device_days import DeviceDays, Span, device_days
from todoke.systems.models.device import Device, DeviceEntry, DevicePool
from todoke.systems.models.device_use import DeviceUse, spans_by_device


@dataclass(frozen=True)
class PoolCount:
    """区分ごとの台数: the devices of a pool that are kept, and those that are lent."""

    name: str
    is_individual: bool
    kept: int
    lent: int


@dataclass(frozen=True)
class DeviceCounts:
    """台数: every device that is kept, by pool; ``actual`` leaves out what is in individual use (実質)."""

    pools: tuple[PoolCount, ...]

    @property
    def kept(self) -> int:
        return sum(pool.kept for pool in self.pools)

    @property
    def individual(self) -> int:
        return sum(pool.kept for pool in self.pools if pool.is_individual)

    @property
    def actual(self) -> int:
        return self.kept - self.individual

    @property
    def lent(self) -> int:
        return sum(pool.lent for pool in self.pools)


def count_devices() -> DeviceCounts:
    """Return the numbers of today, without what was disposed of or lost."""
    here = Q(devices__gone_on=None)
    pools = DevicePool.objects.annotate(
        kept=Count("devices", filter=here), lent=Count("devices", filter=Q(devices__status=Device.Status.LENT))
    ).order_by("code")
    return DeviceCounts(tuple(PoolCount(each.name, each.is_individual, each.kept, each.lent) for each in pools))


def measure_devices(period: Period) -> DeviceDays:
    """Return the device-days of a period until today, without devices in individual use (個別対応)."""
    last = min(period.last, today())
    rows = Device.objects.filter(pool__is_individual=False, acquired_on__lte=last)
    kept: dict[int, Span] = {row.pk: (row.acquired_on, row.gone_on) for row in rows.only("acquired_on", "gone_on")}
    uses: dict[tuple[int, date], bool] = {
        (key, day): is_used
        for key, day, is_used in DeviceUse.objects.filter(day__range=(period.first, last)).values_list(
            "device_id", "day", "is_used"
        )
    }
    return device_days(kept, spans_by_device(period), uses, period.first, last)


def told_by_pool(entries: Iterable[DeviceEntry]) -> str:
    """Return how many of some registered devices are in each pool, in words."""
    rows = Device.objects.filter(asset_number__in=[each.asset_number for each in entries]).order_by("pool__code")
    counts = Counter(rows.values_list("pool__name", flat=True))
    return "、".join(f"{name} {count:,}台" for name, count in counts.items())
