"""Point work ポイントの仕事: what waits for the chief of a section: programmes, shops and settlements."""

from todoke.accounts.models import User
from todoke.design.navigation import address
from todoke.points.models import FraudAlert, Merchant, MerchantSettlement, PointProgram
from todoke.points.permissions import PUBLISH_POINTS


def point_counts(user: User) -> list[tuple[str, int, str, str]]:
    """Return label, count, path and note of what waits; nothing for who publishes in no section."""
    sections = PUBLISH_POINTS.departments_of(user)
    if not sections:
        return []
    drafts = PointProgram.objects.filter(published_at=None, department__in=sections).exclude(drafted_by=user)
    shops = Merchant.objects.filter(department__in=sections)
    checked = MerchantSettlement.objects.filter(status=MerchantSettlement.Status.CHECKED, merchant__in=shops)
    alerts = FraudAlert.objects.filter(handled_at=None, merchant__in=shops)
    return [
        ("公開を待つポイント事業", drafts.count(), address("office:points"), "案を書いた人は公開できません"),
        ("加盟店の申込み", shops.filter(status=Merchant.Status.APPLIED).count(),
         f"{address('office:merchants')}?status=applied", "承認すると使えるようになります"),
        ("ポイントの不正の疑い", alerts.count(), address("office:merchants"), "人が確かめるもの"),
        ("決裁を待つ精算", checked.count(), f"{address('office:settlements')}?status=checked", "加盟店への支払"),
    ]  # fmt: skip
