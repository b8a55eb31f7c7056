"""Distribution list 配付一覧: which section has which devices, by pool, as PDF/UA-1."""

from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings

from todoke.accounts.actors import Actor
from todoke.accounts.models import User
from todoke.design.municipality import municipality
from todoke.design.pdf import render_office_pdf
from todoke.japanese.calendar import format_date, format_era_date, today
from todoke.runtime.refusals import NotAllowed
from todoke.systems.models import DeviceLoan

TEMPLATE = Path(__file__).parent / "distribution.typ"
SAMPLE = "デモ(架空の区の文書です。効力はありません)"


@dataclass(frozen=True)
class DistributionList:
    """配付一覧: the devices that are out and that a person sees."""

    user: User

    def require_taking(self, *, by: Actor) -> None:
        """Raises NotAllowed for anybody but the person whose list it is."""
        if by != self.user:
            raise NotAllowed("自分の見られる一覧だけを取り出せます。")

    def content(self) -> bytes:
        """Return the paper."""
        return render_office_pdf(TEMPLATE, self.data())

    def data(self) -> dict[str, Any]:
        """Return the rows by pool and section."""
        loans = DeviceLoan.objects.visible_to(self.user).open().select_related("device__pool", "department", "borrower")
        pools = defaultdict[str, list[list[str]]](list)
        for loan in loans.order_by("device__pool__code", "department__code", "device__asset_number"):
            who = loan.borrower.name if loan.borrower else "(部署で共用)"
            row = [loan.department.name, loan.device.asset_number, loan.device.model, who, format_date(loan.due_on)]
            pools[loan.device.pool.name].append(row)
        return {
            "municipality": municipality().name, "day": format_era_date(today()),
            "pools": [{"name": name, "count": f"{len(rows):,}", "rows": rows} for name, rows in pools.items()],
            "total": f"{sum(map(len, pools.values())):,}", "synthetic": SAMPLE if settings.DEMO else "",
        }  # fmt: skip
