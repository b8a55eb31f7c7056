"""加盟店の精算: made and checked by the treasurer, approved as a proposal, paid on the day that the bank says."""

from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET, require_POST

from todoke.approvals.models import Proposal
from todoke.audit.data_exports import Export
from todoke.japanese.calendar import format_date, today
from todoke.lists.list_page import list_page
from todoke.office.points.access import staff_of_points
from todoke.office.points.forms.settlements import FeeRuleForm, PayerForm, PaymentForm, ProposalForm, RunForm
from todoke.office.points.settlement_list import SettlementList
from todoke.points import point_balances, settlement_proposals, settlement_run
from todoke.points.models import MerchantSettlement, SettlementFeeRule
from todoke.points.payment_file import PaymentFile
from todoke.points.permissions import SETTLE_POINTS
from todoke.points.zengin_transfer import Payer
from todoke.web.actions import action, cleaned
from todoke.web.downloads import export
from todoke.web.permission_check import staff

PAYER = tuple(Payer.__dataclass_fields__)


@require_GET
def index(request: HttpRequest) -> HttpResponseBase:
    user = staff_of_points(request)
    waiting = dict(MerchantSettlement.objects.order_by().values_list("status").annotate(Count("pk")))
    more = {
        "form": RunForm(), "payer_form": PayerForm(), "proposal_form": ProposalForm(auto_id="proposal_%s"),
        "may_settle": SETTLE_POINTS.held_by(user), "waiting": waiting, "balances": point_balances.balances(),
        "fee_rule": SettlementFeeRule.in_force(today()),
    }  # fmt: skip
    return list_page(request, SettlementList(user), "office/points/settlements.html", more)


@action("office:settlements")
def run(request: HttpRequest) -> str:
    by = staff(request, SETTLE_POINTS)
    made = settlement_run.settle(cleaned(RunForm(request.POST))["ends_on"], by=by)
    total = sum(each.payable for each in made)
    return f"{len(made):,}店の精算を作りました。支払額の合計は{total:,}円で、台帳と一円まで一致しています。"


@action("office:settlements")
def check_all(request: HttpRequest) -> str:
    """Sign every draft, each compared with the ledger once more."""
    count = settlement_proposals.check_all(by=staff(request, SETTLE_POINTS))
    return f"{count:,}店の精算を台帳と比べ直し、照合を終えました。次に、まとめて起案します。"


@action("office:settlements")
def proposal(request: HttpRequest) -> str:
    """Open one proposal for all that is checked."""
    by = staff(request, SETTLE_POINTS)
    given = cleaned(ProposalForm(request.POST), "決裁ルートを選んでから、もう一度押してください。")
    made = settlement_proposals.propose(route=given["route"], by=by)
    return f"{made.number} を起案しました。決裁が済むと、支払えます。"


@require_GET
def fee_rules(request: HttpRequest) -> HttpResponse:
    """Show every version of the fee, the newest first."""
    user = staff_of_points(request)
    rows = SettlementFeeRule.objects.select_related("registered_by")
    context = {"rules": rows, "form": FeeRuleForm(), "may_settle": SETTLE_POINTS.held_by(user)}
    return render(request, "office/points/settlement_fees.html", context)


@action("office:settlement-fees")
def fee_rule(request: HttpRequest) -> str:
    by = staff(request, SETTLE_POINTS)
    made = SettlementFeeRule.establish(by=by, **cleaned(FeeRuleForm(request.POST)))
    return f"手数料を{made}に定めました。{format_date(made.valid_from)}か後に終わる期間から使います。"


@require_POST
def transfer(request: HttpRequest) -> HttpResponseBase:
    """Return the bank's file of what is approved; a refusal is a page of its own."""
    staff(request, SETTLE_POINTS)
    given = cleaned(PayerForm(request.POST))
    file = PaymentFile(Payer(**{name: given[name] for name in PAYER}), given["on"])
    name = f"furikomi-{given['on']:%Y%m%d}.txt"
    exported = Export("加盟店の精算の振込データ", name, len(file.transfers()), "txt", reason="加盟店への支払")
    return export(request, file, file.content, exported, media_type="text/plain; charset=shift_jis")


def settlement_of(request: HttpRequest, number: str) -> MerchantSettlement:
    rows = MerchantSettlement.objects.visible_to(staff_of_points(request))
    rows = rows.select_related("merchant__department", "made_by", "checked_by", "approved_by", "fee_rule", "proposal")
    return get_object_or_404(rows, number=number)


@require_GET
def show(request: HttpRequest, number: str) -> HttpResponse:
    found, user = settlement_of(request, number), staff(request)
    mine = Proposal.objects.visible_to(user).filter(settlements=found)
    context = {
        "made": found, "uses": found.redemptions.all()[:200], "cancellations": found.cancellations.all()[:200],
        "may_settle": SETTLE_POINTS.held_by(user), "form": PaymentForm(),
        "may_read": mine.exists(),
    }  # fmt: skip
    return render(request, "office/points/settlement.html", context)


@action("office:settlement", "number")
def check(request: HttpRequest, number: str) -> str:
    settlement_of(request, number).check_against_ledger(by=staff(request, SETTLE_POINTS))
    return "照合を終えました。次に、「加盟店の精算」でまとめて起案します。"


@action("office:settlement", "number")
def payment(request: HttpRequest, number: str) -> str:
    by = staff(request, SETTLE_POINTS)
    settlement_of(request, number).pay(cleaned(PaymentForm(request.POST))["on"], by=by)
    return "支払を記帳しました。"
