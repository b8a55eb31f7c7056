"""Proof of points: ``./todoke verify points``."""

from collections.abc import Iterator
from pathlib import Path

from todoke.points.models import MerchantSettlement, PointGrant, Redemption
from todoke.proving.killed_people.proof import PeopleProof
from todoke.proving.point_proof import point_acts, point_check


class PointProof(PeopleProof):
    """People claim and use points, shops are settled and paid."""

    noun = "point"
    words = "止めながら付与し、使い、精算しても、二度の付与も一円の違いもないか確かめます"
    acts_words = "終わった付与・利用・取消・精算などの数"
    done, nothing = "精算", "P0 精算した店がなく、何も確かめていません"
    clean = "台帳の合計 0、二度の付与 0、精算は一円まで一致"
    sizes = {"people": (point_acts.PEOPLE, "対象者の数"), "shops": (point_acts.SHOPS, "加盟店の数")}

    def prepare(self, **sizes: int) -> None:
        point_acts.prepare(**sizes)

    def live(self, seed: int, journal: Path) -> None:
        point_acts.People(seed).live(journal)

    def counts(self, journal: Path) -> dict[str, int]:
        return {
            "付与": PointGrant.objects.count(),
            "利用": Redemption.objects.count(),
            "使われた店": Redemption.objects.values("merchant").distinct().count(),
            "取消し": Redemption.objects.filter(cancelled_at__isnull=False).count(),
            "精算": MerchantSettlement.objects.count(),
        }

    def check(self, journal: Path) -> Iterator[str]:
        return point_check.check()
