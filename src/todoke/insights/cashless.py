"""Cashless キャッシュレス: online procedures payable without cash, obstacles of the others, and payments by method."""

from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Case as Choose
from django.db.models import CharField, Count, Exists, OuterRef, Q, Sum, Value, When

from todoke.cases.models import IntakeCount
from todoke.cases.models.status import Channel
from todoke.insights import percentages
from todoke.insights.models import ChannelCount
from todoke.insights.rates import Rate, RateDefinition, one_if
from todoke.insights.volumes import fiscal_year_start
from todoke.japanese.calendar import today
from todoke.offers.models import FeeLine, Release
from todoke.offers.online_status import available_online, with_open_offer
from todoke.payments.models import Receipt
from todoke.procedures.codes import Fee
from todoke.procedures.models import Procedure
from todoke.procedures.models.procedure import CodedValue, ProcedureQuerySet

CASHLESS = RateDefinition(
    "cashless", "キャッシュレスで納められる手続の割合",
    "オンラインで受け付けていて手数料のある手続のうち、手数料も窓口に行かずに納められる手続の割合です。このシステムの受付は、"
    "カード・コード決済・コンビニ・納付書で納められます。ほかのシステムの受付は、登録されたオンラインの納付方法で数えます。",
    "手数料をオンラインで納められる手続", "オンラインで受け付けている、手数料のある手続",
)  # fmt: skip
HERE = "このシステムで納められる"
ELSEWHERE = "ほかのシステムで納められる"
COUNTER_ONLY = "納付方法が窓口などに限られている"
UNKNOWN = "受け付けているシステムの納付方法が登録されていない"
WAYS = (HERE, ELSEWHERE, COUNTER_ONLY, UNKNOWN)
LABELS = {Channel.WEB: "オンライン", Channel.COUNTER: "窓口", Channel.POST: "郵送"}


@dataclass(frozen=True)
class MethodCount:
    """Payments by one method (方法ごとの納付): receipts, yen, and the share of all receipts in percent."""

    method: str
    receipts: int
    yen: int
    percent: object


@dataclass(frozen=True)
class ChannelTotal:
    """Cases by one channel (経路ごとの件数), and the source of the figure."""

    what: str
    channel: str
    count: int
    source: str


def _with_fee() -> ProcedureQuerySet:
    priced = FeeLine.objects.filter(release__in=Release.objects.open(), release__offer__procedure=OuterRef("pk"))
    found = Procedure.objects.existing_on(today()).filter(available_online())
    return found.annotate(priced=Exists(priced)).filter(Q(fee=Fee.SOME) | Q(priced=True))


def payable_procedures() -> ProcedureQuerySet:
    """Return every online procedure with a fee.

    ``part`` is 1 where the fee can be paid without coming, ``whole`` always 1; ``why`` says how, or why not.
    """
    methods = CodedValue.objects.filter(procedure=OuterRef("pk"), code__table="fee_method")
    marked = _with_fee().annotate(
        here=Exists(Procedure.objects.filter(with_open_offer(), pk=OuterRef("pk"))),
        online=Exists(methods.filter(code__key__startswith="2-")),
        known=Exists(methods),
    )
    here, elsewhere = Q(here=True, priced=True), Q(here=False, online=True)
    why = Choose(
        When(here, then=Value(HERE)),
        When(elsewhere, then=Value(ELSEWHERE)),
        When(known=True, then=Value(COUNTER_ONLY)),
        default=Value(UNKNOWN),
        output_field=CharField(),
    )
    return marked.annotate(part=one_if(here | elsewhere), whole=Value(1), why=why)


def cashless_rate() -> Rate:
    """Return the cashless rate as of now."""
    sums = payable_procedures().aggregate(numerator=Sum("part"), denominator=Count("pk"))
    return Rate(CASHLESS, today(), sums["numerator"] or 0, sums["denominator"])


def obstacle_counts() -> list[tuple[str, int]]:
    """Return the obstacles and how many procedures each affects, most first."""
    rows: Any = payable_procedures()
    blocked = rows.filter(part=0).order_by().values_list("why").annotate(count=Count("pk"))
    return list(blocked.order_by("-count", "why"))


def receipts_by_method(since: date | None = None) -> list[MethodCount]:
    """Return valid receipts by method since a day (default: this fiscal year)."""
    since = since or fiscal_year_start(today())
    kept = Receipt.objects.filter(paid_on__gte=since, taken_back_on__isnull=True)
    rows = list(kept.order_by().values_list("method").annotate(count=Count("pk"), yen=Sum("yen")).order_by("-count"))
    total = sum(count for _, count, _ in rows)
    return [
        MethodCount(Receipt.Method(name).label, count, yen, percentages.percent(count, total))
        for name, count, yen in rows
    ]


def cases_by_channel(since: date | None = None) -> list[ChannelTotal]:
    """Return counts by channel: cases of this system, and imported counts such as certificates at konbini."""
    since = since or fiscal_year_start(today())
    own = Counter[str]()
    counted = IntakeCount.objects.filter(received_on__gte=since).order_by().values_list("channel")
    fresh = IntakeCount.uncounted().filter(day__gte=since).values_list("channel")
    for channel, count in (*counted.annotate(n=Sum("number")), *fresh.annotate(n=Count("pk"))):
        own[LABELS.get(channel, "その他")] += count
    found = [ChannelTotal("このシステムの申請", label, count, "受付の記録") for label, count in own.items()]
    imported = ChannelCount.objects.filter(starts_on__gte=since).values_list("what", "channel", "source")
    rows = imported.annotate(total=Sum("count")).order_by("what", "channel")
    return found + [ChannelTotal(what, channel, total, source) for what, channel, source, total in rows]
