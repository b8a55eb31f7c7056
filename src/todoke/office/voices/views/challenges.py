"""お題: questions to residents, their ideas to be read first, the answers, and the end with its table of ages."""

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET

from todoke.cases.models.tokens import new_token
from todoke.office.voices.challenge_page import challenge_context, moderator
from todoke.office.voices.forms.challenges import (
    ChallengeForm,
    EndForm,
    FeedbackForm,
    HidingForm,
    PaperIdeaForm,
    WhyForm,
)
from todoke.voices.models import Challenge, Idea
from todoke.voices.permissions import MODERATE_IDEA
from todoke.web.actions import RefusalsOn, action, cleaned
from todoke.web.downloads import take
from todoke.web.permission_check import staff

PAGE = ("office:challenge", "pk")
ONE = ("office:challenge-idea", "pk", "idea")


def _challenge(request: HttpRequest, pk: int) -> Challenge:
    rows = Challenge.objects.visible_to(staff(request)).select_related("department")
    return get_object_or_404(rows, pk=pk)


def _idea(request: HttpRequest, pk: int, idea: int) -> Idea:
    rows = Idea.objects.select_related("challenge__department", "hidden_by")
    return get_object_or_404(rows, challenge=_challenge(request, pk), pk=idea)


@require_GET
def show_list(request: HttpRequest) -> HttpResponse:
    """Show the questions of the person's departments."""
    user = staff(request)
    rows = Challenge.objects.visible_to(user).select_related("department")[:50]
    context = {"challenges": rows, "moderates": bool(MODERATE_IDEA.departments_of(user))}
    return render(request, "office/challenges/list.html", context)


def preparation(request: HttpRequest) -> HttpResponse:
    """Ask a question."""
    form = ChallengeForm(request.POST or None, user=moderator(request))
    if request.method == "POST" and form.is_valid():
        with RefusalsOn(form):
            made = Challenge.begin(by=staff(request), **form.cleaned_data)
            return redirect("office:challenge", made.pk)
    context = {"form": form, "title": "お題を出す"}
    return render(request, "office/challenges/entry.html", context, status=422 if form.errors else 200)


@require_GET
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a question with the ideas that wait, and how it would end."""
    return render(request, "office/challenges/show.html", challenge_context(_challenge(request, pk), request.GET))


def entry(request: HttpRequest, pk: int) -> HttpResponse:
    """Enter an idea that came on paper."""
    challenge, form = _challenge(request, pk), PaperIdeaForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with RefusalsOn(form):
            Idea.post(challenge, secret=new_token(), channel=Idea.Channel.PAPER, by=staff(request), **form.cleaned_data)
            return redirect("office:challenge", pk)
    context = {"form": form, "title": "紙の投稿を登録する", "challenge": challenge}
    return render(request, "office/challenges/entry.html", context, status=422 if form.errors else 200)


@require_GET
def idea(request: HttpRequest, pk: int, idea: int) -> HttpResponse:
    """Show one idea."""
    row = _idea(request, pk, idea)
    context = {
        "challenge": row.challenge, "idea": row, "events": row.moderation.select_related("by").order_by("at"),
        "steps": row.steps.order_by("at"), "hiding_form": HidingForm(), "why_form": WhyForm(),
        "feedback_form": FeedbackForm(idea=row),
    }  # fmt: skip
    return render(request, "office/challenges/idea.html", context)


@require_GET
def photo(request: HttpRequest, pk: int, idea: int) -> HttpResponseBase:
    """Return the photo of an idea."""
    row = _idea(request, pk, idea)
    if not row.photo:
        raise Http404
    return take(row, row.photo.open, row.photo_name, by=staff(request), media_type=row.photo_type, inline=True)


@action(*ONE)
def appearance(request: HttpRequest, pk: int, idea: int) -> str:
    """Show it to everybody."""
    _idea(request, pk, idea).show(by=staff(request))
    return "公開しました。"


@action(*ONE)
def hiding(request: HttpRequest, pk: int, idea: int) -> str:
    """Hide it by a rule."""
    row = _idea(request, pk, idea)
    given = cleaned(HidingForm(request.POST))
    row.hide(rule=int(given["rule"]), reason=given["reason"], by=staff(request))
    return "非公開にしました。投稿した人には、規約の番号と理由が見えます。"


@action(*ONE)
def restoration(request: HttpRequest, pk: int, idea: int) -> str:
    """Show it again on an objection, by another moderator."""
    _idea(request, pk, idea).restore(by=staff(request), **cleaned(WhyForm(request.POST)))
    return "公開に戻しました。"


@action(*ONE)
def feedback(request: HttpRequest, pk: int, idea: int) -> str:
    """Say what becomes of it."""
    row = _idea(request, pk, idea)
    row.give_feedback(by=staff(request), **cleaned(FeedbackForm(request.POST, idea=row)))
    return "回答しました。"


@action(*PAGE)
def ending(request: HttpRequest, pk: int) -> str:
    """End a question, with its table of ages once and for all."""
    challenge = _challenge(request, pk)
    given = cleaned(EndForm(request.POST))
    challenge.close(joins=given["joins"], publish_ages=given["ages"], by=staff(request))
    return "お題を締めました。人を見分ける鍵は消えました。"
