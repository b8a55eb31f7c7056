"""不在・委任: absences, delegations and substitutes of the signed-in person."""

from datetime import date
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_GET

from todoke.approvals.authority import authorities_of
from todoke.approvals.models import Absence, Delegation, Deputy
from todoke.lists.list_page import list_page
from todoke.lists.row_list import RowList
from todoke.office.approvals.absence_lists import AbsenceList, DelegationList, DeputyList
from todoke.office.approvals.forms.absences import AbsenceForm, DelegationForm, DeputyForm
from todoke.organization.models import Post, Tenure
from todoke.runtime.refusals import Unreadable
from todoke.web.actions import action, cleaned
from todoke.web.permission_check import staff

WRONG = "日付や職位に、足りないところがあります。届出は行われていません。確かめてから、もう一度押してください。"


@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """Show absences, delegations, substitutes of my posts, and the posts I may act in today."""
    user = staff(request)
    context = {
        "standings": authorities_of(user),
        "absences": AbsenceList(user).rows("lasting"),
        "delegations": DelegationList(user).rows("lasting"),
        "deputies": DeputyList(user).rows("").order_by("post", "order"),
        "absence_form": AbsenceForm(auto_id="absence_%s"),
        "delegation_form": DelegationForm(user=user, auto_id="delegation_%s"),
        "deputy_form": DeputyForm(user=user, auto_id="deputy_%s"),
    }
    return render(request, "office/absences/index.html", context)


def _list(request: HttpRequest, rows: RowList[Any]) -> HttpResponseBase:
    return list_page(request, rows, "office/absences/list.html")


@require_GET
def absence_list(request: HttpRequest) -> HttpResponseBase:
    """Show every absence that the person announced."""
    return _list(request, AbsenceList(staff(request)))


@require_GET
def delegation_list(request: HttpRequest) -> HttpResponseBase:
    """Show every delegation that the person gave."""
    return _list(request, DelegationList(staff(request)))


@require_GET
def deputy_list(request: HttpRequest) -> HttpResponseBase:
    """Show who decides for the person's posts, by rank."""
    return _list(request, DeputyList(staff(request)))


@action("office:absences")
def announcement(request: HttpRequest) -> str:
    user = staff(request)
    Absence.announce(by=user, **cleaned(AbsenceForm(request.POST), WRONG))
    alone = Post.objects.filter(tenures__in=Tenure.objects.of(user).current(), deputies=None)
    if posts := "、".join(str(post) for post in alone.select_related("department").distinct()):
        remedy = "代決者がいないため、その間の起案は待ちます。代決者を加えるか、委任してください。"
        return f"不在を届けました。{posts}には{remedy}"
    return "不在を届けました。その間は、代決者が決裁できます。"


@action("office:absences")
def return_(request: HttpRequest, day: date) -> str:
    """End an absence early."""
    user = staff(request)
    away = Absence.objects.filter(user=user, starts_on=day, returned_at=None).order_by("pk").last()
    if away is None:
        raise Http404
    away.end_early(by=user)
    return "復帰しました。"


@action("office:absences")
def delegation(request: HttpRequest) -> str:
    user = staff(request)
    Delegation.give(by=user, **cleaned(DelegationForm(request.POST, user=user), WRONG))
    return "委任しました。終了日を過ぎると、自動で終わります。"


@action("office:absences")
def revocation(request: HttpRequest) -> str:
    """End all delegations of the person."""
    user = staff(request)
    for given in Delegation.objects.current().filter(principal=user):
        given.revoke(by=user)
    return "委任をすべて取り消しました。"


@action("office:absences")
def deputy(request: HttpRequest) -> str:
    user = staff(request)
    Deputy.appoint(by=user, **cleaned(DeputyForm(request.POST, user=user), WRONG))
    return "代決者を加えました。"


@action("office:absences")
def dismissal(request: HttpRequest) -> str:
    """Remove the last substitute of my posts. Raises Unreadable when there is none."""
    user = staff(request)
    last = Deputy.objects.filter(post__tenures__user=user).order_by("-order").first()
    if last is None:
        raise Unreadable(WRONG)
    last.dismiss(by=user)
    return "最後の順位の代決者を外しました。"
