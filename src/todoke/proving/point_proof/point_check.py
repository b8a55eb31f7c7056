"""Point check ポイントの突合: what must hold of grants, uses, settlements and the ledger, whatever was killed."""

from collections.abc import Iterator

from django.db.models import Count, F, Sum
from django.db.models.functions import Coalesce

from todoke.approvals.models import Proposal
from todoke.payments.models import Journal, LedgerLine
from todoke.points import point_balances, settlement_run
from todoke.points.models import (
    EligiblePerson,
    MerchantSettlement,
    PointGrant,
    PointProgram,
    Redemption,
    RedemptionPart,
)
from todoke.points.settlement_amounts import WHOLE

DECIDED = {MerchantSettlement.Status.APPROVED, MerchantSettlement.Status.PAID}


def check() -> Iterator[str]:
    """Yield every breach, each with the sign of its kind."""
    yield from _ledger()
    yield from _grants()
    yield from _uses()
    yield from _settlements()


def _ledger() -> Iterator[str]:
    if total := LedgerLine.total():
        yield f"P1 台帳の合計が0でない: {total:,}円"
    for balance in point_balances.balances():
        if balance.unexplained:
            yield f"P1 説明のつかない残高: {balance.name} {balance.unexplained:,}円"


def _grants() -> Iterator[str]:
    standing = PointGrant.objects.filter(cancelled_at=None)
    for row in standing.values("program", "resident_hash").annotate(times=Count("pk")).filter(times__gt=1):
        yield f"P2 同じ人に{row['times']}回の付与"
    claimed = EligiblePerson.objects.filter(claimed_at__isnull=False).count()
    if claimed != standing.count():
        yield f"P2 受け取った対象者 {claimed}人、付与 {standing.count()}件"
    for program in PointProgram.objects.all():
        given = program.grants.filter(cancelled_at=None).aggregate(total=Sum("points"))["total"] or 0
        if given != program.committed_yen or given > (program.budget_yen or given):
            yield f"P3 予算と付与の額: {program.code} {given:,}円、記録 {program.committed_yen:,}円"


def _uses() -> Iterator[str]:
    uses = Redemption.objects.annotate(whole=Coalesce(Sum("parts__points"), 0)).exclude(whole=F("points"))
    for number, points, whole in uses.values_list("number", "points", "whole"):
        yield f"P4 利用と内訳の額: {number} {points:,}、内訳 {whole:,}"
    for row in Redemption.objects.values("merchant", "key").annotate(times=Count("pk")).filter(times__gt=1):
        yield f"P4 同じ取引の鍵で{row['times']}回の利用"
    said = RedemptionPart.objects.values("journal")
    unsaid = Journal.objects.filter(kind=Journal.Kind.SPENT).exclude(pk__in=said).count()
    if unsaid:
        yield f"P4 店の分からない利用の仕訳 {unsaid}件"


def _settlements() -> Iterator[str]:
    carried = dict[int, int]()
    rows = list(MerchantSettlement.objects.select_related("fee_rule", "proposal").order_by("ends_on", "pk"))
    booked = settlement_run.booked(rows)
    for made in rows:
        gross = made.redemptions.aggregate(total=Sum("points"))["total"] or 0
        back = made.cancellations.aggregate(total=Sum("points"))["total"] or 0
        if (gross, back) != (made.gross, made.cancelled) or gross - back != booked[made.pk]:
            yield f"P5 精算と利用の額: {made.number}"
        if made.carry_in != carried.get(made.merchant_id, 0):
            yield f"P5 精算の繰越: {made.number}"
        rate = made.fee_rule.rate if made.fee_rule else 0
        if made.fee != gross * rate // WHOLE:
            yield f"P5 手数料の額: {made.number}"
        if made.payable + made.carry_out != gross - back - made.fee + made.carry_in:
            yield f"P5 一円まで合わない精算: {made.number}"
        if made.status in DECIDED and (made.proposal is None or made.proposal.status != Proposal.Status.APPROVED):
            yield f"P6 決裁のない支払: {made.number}"
        carried[made.merchant_id] = made.carry_out
