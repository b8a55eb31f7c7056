"""不在・委任: absences, delegations and substitutes of the signed-in person."""

from datetime import date

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from todoke.approvals.authority import authorities_of
from todoke.approvals.models import Absence, Delegation, Deputy
from todoke.japanese.calendar import today
from todoke.office.approvals.forms.absences import AbsenceForm, DelegationForm, DeputyForm
from todoke.office.casework.views.cases import me
from todoke.office.refusal_messages import act


@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """Show absences, delegations, substitutes of my posts, and the posts I may act in today."""
    user = me(request)
    given = Delegation.objects.filter(principal=user).select_related("post__department", "delegate")
    deputies = Deputy.objects.filter(post__tenures__user=user).select_related("post__department", "deputy__department")
    context = {
        "today": today(),
        "standings": authorities_of(user),
        "absences": Absence.objects.filter(user=user).order_by("-starts_on")[:20],
        "delegations": given.order_by("-starts_on")[:20],
        "deputies": deputies.distinct(),
        "absence_form": AbsenceForm(auto_id="absence_%s"),
        "delegation_form": DelegationForm(user=user, auto_id="delegation_%s"),
        "deputy_form": DeputyForm(user=user, auto_id="deputy_%s"),
    }
    return render(request, "office/absences/index.html", context)


def _wrong(request: HttpRequest) -> HttpResponse:
    messages.error(
        request,
        "日付や職位に、足りないところがあります。届出は行われていません。確かめてから、もう一度押してください。",
    )
    return redirect("office:absences")


@require_POST
def announcement(request: HttpRequest) -> HttpResponse:
    user, form = me(request), AbsenceForm(request.POST)
    if not form.is_valid():
        return _wrong(request)
    done = "不在を届けました。その間は、代決者が決裁できます。"
    return act(
        request, lambda: Absence.announce(by=user, **form.cleaned_data), done=done, then=reverse("office:absences")
    )


@require_POST
def return_(request: HttpRequest, day: date) -> HttpResponse:
    """End an absence early."""
    user = me(request)
    away = Absence.objects.filter(user=user, starts_on=day, returned_at=None).order_by("pk").last()
    if away is None:
        raise Http404
    return act(request, lambda: away.end_early(by=user), done="復帰しました。", then=reverse("office:absences"))


@require_POST
def delegation(request: HttpRequest) -> HttpResponse:
    user = me(request)
    form = DelegationForm(request.POST, user=user)
    if not form.is_valid():
        return _wrong(request)
    done = "委任しました。終了日を過ぎると、自動で終わります。"
    return act(
        request, lambda: Delegation.give(by=user, **form.cleaned_data), done=done, then=reverse("office:absences")
    )


@require_POST
def revocation(request: HttpRequest) -> HttpResponse:
    """End all delegations of the person."""
    user = me(request)

    def deed() -> None:
        for given in Delegation.objects.current().filter(principal=user):
            given.revoke(by=user)

    return act(request, deed, done="委任をすべて取り消しました。", then=reverse("office:absences"))


@require_POST
def deputy(request: HttpRequest) -> HttpResponse:
    user = me(request)
    form = DeputyForm(request.POST, user=user)
    if not form.is_valid():
        return _wrong(request)
    deed = form.cleaned_data
    return act(
        request, lambda: Deputy.appoint(by=user, **deed), done="代決者を加えました。", then=reverse("office:absences")
    )


@require_POST
def dismissal(request: HttpRequest) -> HttpResponse:
    """Remove the last substitute of my posts."""
    user = me(request)
    last = Deputy.objects.filter(post__tenures__user=user).order_by("-order").first()
    if last is None:
        return _wrong(request)
    return act(
        request, lambda: last.dismiss(by=user), done="最後の順位の代決者を外しました。", then=reverse("office:absences")
    )
