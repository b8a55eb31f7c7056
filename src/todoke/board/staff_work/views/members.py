"""デジタル化推進委員(職員): sections without one first, nominations, and what is handed over."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_POST

from todoke.board.staff_work.forms.staff_work import HandoverForm, NominationForm
from todoke.board.staff_work.staff_work_lists import SectionMemberList
from todoke.japanese.calendar import today
from todoke.lists.list_page import list_page
from todoke.organization.models import Department
from todoke.web.actions import RefusalsOn, action, cleaned
from todoke.web.permission_check import staff
from todoke.workforce.member_figures import asked_minutes, coverage, not_accepted
from todoke.workforce.models import DutyHandover, PromotionMember
from todoke.workforce.permissions import NOMINATE_MEMBERS


@require_GET
def index(request: HttpRequest) -> HttpResponseBase:
    on = today()
    lapsed = PromotionMember.objects.lapsed(on).select_related("user", "department")
    more = {"coverage": coverage(on), "lapsed": lapsed[:20], "handovers": not_accepted(on).count()}
    return list_page(request, SectionMemberList(staff(request)), "board/staff_work/members.html", more)


def _section(request: HttpRequest, code: str, form: NominationForm | None = None, status: int = 200) -> HttpResponse:
    user, on = staff(request), today()
    department = get_object_or_404(Department, code=code)
    members = PromotionMember.objects.in_force(on).filter(department=department).select_related("user")
    handovers = DutyHandover.objects.filter(of_member__department=department).select_related("of_member__user")
    context = {
        "department": department, "on": on, "form": form or NominationForm(department=department),
        "members": [(each, asked_minutes(each.user, on)) for each in members],
        "handovers": handovers[:10], "handover_form": HandoverForm(),
        "may": NOMINATE_MEMBERS.held_by(user, department), "mine": members.filter(user=user).first(),
    }  # fmt: skip
    return render(request, "board/staff_work/section.html", context, status=status)


@require_GET
def section(request: HttpRequest, code: str) -> HttpResponse:
    """Show the members of a section and what was handed over."""
    return _section(request, code)


@require_POST
def nomination(request: HttpRequest, code: str) -> HttpResponse:
    """Nominate somebody; a refusal keeps what was typed."""
    department = get_object_or_404(Department, code=code)
    by, form = staff(request, NOMINATE_MEMBERS, department), NominationForm(request.POST, department=department)
    if form.is_valid():
        with RefusalsOn(form, note="だれも推薦していません。"):
            given = form.cleaned_data
            made = PromotionMember.nominate(department, given["person"], agreed_minutes=given["hours"] * 60, by=by)
            messages.success(request, f"{made.user.name}さんを推薦しました。年度の終わりまでの委員です。")
            return redirect("board:section-members", code)
    return _section(request, code, form, status=422)


@action("board:section-members", "code")
def handover(request: HttpRequest, code: str, token: str) -> str:
    member = get_object_or_404(PromotionMember, token=token, department__code=code)
    member.hand_over(cleaned(HandoverForm(request.POST))["open_points"], by=staff(request))
    return "引継ぎを書きました。次の委員が受けます。"


@action("board:section-members", "code")
def acceptance(request: HttpRequest, code: str, token: str) -> str:
    found = get_object_or_404(DutyHandover, token=token, of_member__department__code=code)
    found.accept(by=staff(request))
    return "引継ぎを受けました。"
