"""選考: the rounds, one round with its next step, and the acts that move it."""

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_GET

from todoke.admissions.models import Scheme
from todoke.admissions.selection.adoption import notify
from todoke.admissions.selection.input_fixation import fix_inputs, reopen_inputs
from todoke.admissions.selection.round_disposal import end_round
from todoke.admissions.selection.scores import compute_scores
from todoke.lists.csv_xlsx_export import list_response
from todoke.lists.query import wanted_format
from todoke.office.selection.forms.admissions import ReasonForm
from todoke.office.selection.round_access import round_of
from todoke.office.selection.selection_lists import SelectionRoundList
from todoke.office.selection.selection_page import round_context
from todoke.web.actions import action, cleaned
from todoke.web.permission_check import staff


@require_GET
def show_list(request: HttpRequest) -> HttpResponseBase:
    """Show the rounds of the person's department."""
    user = staff(request)
    rounds = SelectionRoundList(user)
    if wanted_format(request.GET):
        return list_response(rounds, request)
    context = {**rounds.page(request.GET).context(), "prepares": Scheme.objects.visible_to(user).exists()}
    return render(request, "office/admissions/list.html", context)


@require_GET
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one round: state, next step, figures, runs."""
    of = round_of(request, pk)
    context = {**round_context(of), "form": ReasonForm(), "directs": of.scheme.can_handle_directives(staff(request))}
    return render(request, "office/admissions/round.html", context)


@action("office:admission-round", "pk")
def opening(request: HttpRequest, pk: int) -> str:
    """Begin to take applications, with the lottery's seed fixed."""
    round_of(request, pk).open(by=staff(request))
    return "受付を始めました。抽選の種の照合値を公表してください。"


@action("office:admission-round", "pk")
def closing(request: HttpRequest, pk: int) -> str:
    """Begin the checks after the deadline."""
    round_of(request, pk).close(by=staff(request))
    return "点検を始めました。まず点数を計算してください。"


@action("office:admission-round", "pk")
def scores(request: HttpRequest, pk: int) -> str:
    """Compute all points anew."""
    return f"{compute_scores(round_of(request, pk), by=staff(request)):,}人の点数を計算しました。"


@action("office:admission-round", "pk")
def fixation(request: HttpRequest, pk: int) -> str:
    """Fix the inputs."""
    fix_inputs(round_of(request, pk), by=staff(request))
    return "入力を確定しました。試算して、採用する結果を起案してください。"


@action("office:admission-round", "pk", note="入力は確定したままです。")
def reopening(request: HttpRequest, pk: int) -> str:
    """Open the inputs again, with a reason."""
    of = round_of(request, pk)
    reopen_inputs(of, by=staff(request), **cleaned(ReasonForm(request.POST), "点検中に戻す理由を書いてください。"))
    return "点検中に戻しました。これまでの試算は、古い試算になりました。"


@action("office:admission-round", "pk")
def ending(request: HttpRequest, pk: int) -> str:
    """End a round whose families have answered."""
    end_round(round_of(request, pk), by=staff(request))
    return "選考を終了し、公文書として綴りました。"


@action("office:admission-round", "pk")
def notification(request: HttpRequest, pk: int) -> str:
    """Send the letters of a decided round."""
    told = notify(round_of(request, pk), by=staff(request))
    return f"通知しました。{told}件のメールを送ります。アカウントのない家庭には、通知書を印刷して送ってください。"
