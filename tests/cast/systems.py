"""The cast of systems: a system with a promise without hours, and the outages of January 2025."""

from datetime import date, datetime
from decimal import Decimal

from tests import cast
from todoke.accounts.models import User
from todoke.japanese.calendar import JAPAN
from todoke.systems.models import Incident, InformationSystem, ServiceLevel


def at(month: int, day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2025, month, day, hour, minute, tzinfo=JAPAN)


def system() -> InformationSystem:
    return InformationSystem.objects.create(
        code="jumin", name="住民記録システム", department=cast.department(), vendor="架空システム"
    )


def promise(of: InformationSystem, hours: str = "") -> ServiceLevel:
    contract = of.contracts.create(
        title="利用契約",
        vendor=of.vendor,
        starts_on=date(2024, 4, 1),
        ends_on=date(2029, 3, 31),
        monthly_fee_yen=1_000_000,
    )
    level = contract.levels.create(target=Decimal("97.5"), hours=hours)
    level.credit_steps.create(below=Decimal("97.5"), percent=Decimal(5))
    return level


def outages(of: InformationSystem, by: User) -> tuple[Incident, Incident]:
    first = Incident.open(system=of, title="つながらない", symptoms="処理できない", detected_at=at(1, 6, 11, 20), by=by)
    first.outages.create(starts_at=at(1, 6, 11, 20), ends_at=at(1, 7, 9, 45), what="全機能")
    second = Incident.open(system=of, title="朝の連携", symptoms="更新できない", detected_at=at(1, 20, 8, 30), by=by)
    second.outages.create(starts_at=at(1, 20, 8, 30), ends_at=at(1, 20, 9, 20), what="連携")
    return first, second
