"""Point work ポイントの仕事: what waits for the chief of a section, and for who pays the shops."""

from django.db.models import Count

from todoke.accounts.models import User
from todoke.design.navigation import address
from todoke.points.models import FraudAlert, Merchant, MerchantSettlement, PointProgram
from todoke.points.permissions import PUBLISH_POINTS, SETTLE_POINTS


def point_counts(user: User) -> list[tuple[str, int, str, str]]:
    """Return label, count, path and note of what waits; nothing for who neither publishes nor pays."""
    return [*_of_chief(user), *(_of_treasurer() if SETTLE_POINTS.held_by(user) else [])]


def _of_treasurer() -> list[tuple[str, int, str, str]]:
    status, page = MerchantSettlement.Status, address("office:settlements")
    counts = dict(MerchantSettlement.objects.order_by().values_list("status").annotate(Count("pk")))
    said = {
        status.DRAFT: ("照合を待つ精算", "店の明細と台帳を比べます"),
        status.CHECKED: ("起案を待つ精算", "まとめて決裁を受けます"),
        status.APPROVED: ("支払を待つ精算", "振込データを作り、支払日を記帳します"),
    }
    return [(label, counts.get(each, 0), f"{page}?status={each.value}", note) for each, (label, note) in said.items()]


def _of_chief(user: User) -> list[tuple[str, int, str, str]]:
    sections = PUBLISH_POINTS.departments_of(user)
    if not sections:
        return []
    drafts = PointProgram.objects.filter(published_at=None, department__in=sections).exclude(drafted_by=user)
    shops = Merchant.objects.filter(department__in=sections)
    alerts = FraudAlert.objects.filter(handled_at=None, merchant__in=shops)
    return [
        ("公開を待つポイント事業", drafts.count(), address("office:points"), "案を書いた人は公開できません"),
        ("加盟店の申込み", shops.filter(status=Merchant.Status.APPLIED).count(),
         f"{address('office:merchants')}?status=applied", "承認すると使えるようになります"),
        ("ポイントの不正の疑い", alerts.count(), address("office:merchants"), "人が確かめるもの"),
    ]  # fmt: skip
