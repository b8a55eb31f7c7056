"""Settlement proposals 精算の決裁: the checked settlements of all shops as one proposal on a route of posts."""

from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.db.models import Q

from todoke.accounts.actors import Actor
from todoke.accounts.models import User
from todoke.approvals.models import Proposal, Route
from todoke.japanese.calendar import format_date
from todoke.points import settlement_run
from todoke.points.models import MerchantSettlement
from todoke.points.permissions import SETTLE_POINTS
from todoke.runtime.refusals import NotAllowed, Refused

MATTER = "加盟店の精算"
IN_HAND = (Proposal.Status.RETURNED, Proposal.Status.TAKEN_BACK)
Status = MerchantSettlement.Status


@transaction.atomic
def check_all(*, by: User) -> int:
    """Compare every draft with the ledger once more and sign it (まとめて照合); return how many.

    Raises NotAllowed, Refused where one differs by a yen: then none is signed.
    """
    _require(by)
    rows = list(MerchantSettlement.objects.filter(status=Status.DRAFT).order_by("number"))
    booked = settlement_run.booked(rows)
    differing = [made.number for made in rows if booked[made.pk] != made.gross - made.cancelled]
    if differing:
        raise Refused(f"台帳と一致しない精算があります({'、'.join(differing[:5])})。一件も照合していません。")
    for made in rows:
        made.check_against_ledger(by=by)
    return len(rows)


@transaction.atomic
def propose(*, route: Route, by: User) -> Proposal:
    """Open one proposal for all checked settlements (起案), or submit one's returned proposal again with them.

    Raises NotAllowed, Refused where nothing is checked or the returned proposal is somebody else's, NoRule.
    """
    _require(by)
    checked = MerchantSettlement.objects.filter(status=Status.CHECKED)
    mine = Proposal.objects.filter(drafter=by, status__in=IN_HAND, settlements__in=checked).order_by("pk").first()
    due = checked.filter(Q(proposal=None) | Q(proposal=mine)).select_related("merchant", "fee_rule").order_by("number")
    rows = list(due)
    if not rows:
        raise Refused(
            "起案できる精算がありません。先に照合してください。差し戻された起案の精算は、起案した人がもう一度起案します。"
        )
    dossier, total = dossier_of(rows), sum(made.payable for made in rows)
    if mine is None:
        title = f"{MATTER}({format_date(max(made.ends_on for made in rows))}まで、{len(rows):,}店)について"
        mine = Proposal.open(route=route, title=title, dossier=dossier, by=by, kind=MATTER, amount=total)
    else:
        mine.resubmit(dossier=dossier, by=by, amount=total)
    for made in rows:
        made.propose(mine, by=by)
    return mine


def dossier_of(rows: Sequence[MerchantSettlement]) -> dict[str, Any]:
    """Return the dossier: what is asked, the sums with the comparison to the ledger, and every shop."""
    used, booked = sum(made.gross - made.cancelled for made in rows), sum(settlement_run.booked(rows).values())
    rules = {f"{rule}({rule.source})" for made in rows if (rule := made.fee_rule)}
    return {
        "伺い": "次の加盟店に、使われたポイントの分を支払ってよろしいか。",
        "合計": {
            "店の数": f"{len(rows):,}店",
            "支払額": _yen(sum(made.payable for made in rows)),
            "手数料": _yen(sum(made.fee for made in rows)),
            "手数料の定め": "、".join(sorted(rules)) or "手数料なし",
            "次の期間への繰越": _yen(sum(made.carry_out for made in rows)),
        },
        "台帳との照合": {"利用から取消しを引いた額": _yen(used), "台帳": _yen(booked), "差": _yen(used - booked)},
        "店ごとの額": [
            {
                "精算": made.number, "店": made.merchant.name, "期間": f"{made.starts_on} 〜 {made.ends_on}",
                "利用": _yen(made.gross), "取消し": _yen(made.cancelled), "前からの繰越": _yen(made.carry_in),
                "手数料": _yen(made.fee), "支払額": _yen(made.payable), "次への繰越": _yen(made.carry_out),
            }
            for made in rows
        ],
    }  # fmt: skip


def _yen(yen: int) -> str:
    return f"{yen:,}円"


def _require(by: User) -> None:
    if not SETTLE_POINTS.held_by(by):
        raise NotAllowed("精算を照合し、起案できるのは、会計担当の職員です。")


def apply_decision(proposal: Proposal, *, approved: bool, by: Actor) -> None:
    """Approve the settlements of a decided proposal; one that came to nothing gives them back (決裁の反映).

    Raises NotAllowed where who decides has checked one of them.
    """
    for made in proposal.settlements.order_by("pk"):
        if made.status == Status.PROPOSED:
            made.approve(by=by) if approved else made.come_back(by=by)
    if not approved:
        proposal.settlements.filter(status=Status.CHECKED).update(proposal=None)


def hand_back(proposal: Proposal, *, by: Actor) -> None:
    """Let the settlements of a returned proposal wait for its drafter (差戻し・引戻し)."""
    for made in proposal.settlements.filter(status=Status.PROPOSED):
        made.come_back(by=by)
