"""お題: ideas of residents without an account, read before they are shown, and what became of each."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from todoke.accounts.browser_id import browser_id
from todoke.portal.access import client_address
from todoke.portal.voices.forms.ideas import IdeaForm
from todoke.portal.voices.idea_page import challenge_context, count_idea
from todoke.voices.models import Challenge, Idea, Respondent
from todoke.voices.models.idea import POLICY, IdeaQuerySet, ModerationEvent
from todoke.web.actions import RefusalsOn, RefusalsSaid
from todoke.web.downloads import without_persons


@require_GET
def show_list(request: HttpRequest) -> HttpResponse:
    """Show the questions."""
    rows = list(Challenge.objects.public().select_related("department")[:50])
    context = {
        "open_ones": [each for each in rows if each.is_open],
        "others": [each for each in rows if not each.is_open],
    }
    return render(request, "portal/ideas/list.html", context)


@require_GET
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a question with its ideas, in an order of the day, or the newest first."""
    challenge = get_object_or_404(Challenge.objects.public().select_related("department"), pk=pk)
    return render(request, "portal/ideas/show.html", challenge_context(challenge, request.GET))


def entry(request: HttpRequest, pk: int) -> HttpResponse:
    """Take an idea."""
    challenge = get_object_or_404(Challenge.objects.public(), pk=pk)
    form = IdeaForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        with RefusalsOn(form):
            count_idea(client_address(request))
            given, secret = form.cleaned_data, browser_id(request.session)
            made = Idea.post(challenge, secret=secret, **form.facts())
            Respondent.note(challenge, secret, age=given["age"], area=given["area"])
            return redirect("portal:my-idea", made.token)
    context = {"challenge": challenge, "form": form}
    return render(request, "portal/ideas/entry.html", context, status=422 if form.errors else 200)


@require_GET
def mine(request: HttpRequest, token: str) -> HttpResponse:
    """Show whoever holds its address what became of an idea."""
    idea = get_object_or_404(Idea.objects.select_related("challenge__department"), token=token)
    last = idea.moderation.order_by("-at", "-pk").first()
    rule = POLICY.get(last.rule, "") if last is not None else ""
    context = {"idea": idea, "steps": idea.steps.order_by("at"), "last": last, "rule": rule}
    return render(request, "portal/ideas/mine.html", context)


@require_GET
def photo(request: HttpRequest, pk: int, idea: int) -> HttpResponseBase:
    """Return the photo of an idea that somebody read before it was shown."""
    found = get_object_or_404(_shown(pk).exclude(photo=""), pk=idea)
    with found.photo.open() as file:
        return without_persons(file.read(), found.photo_name, media_type=found.photo_type, inline=True)


@require_POST
def support(request: HttpRequest, pk: int, idea: int) -> HttpResponse:
    """Count a person's support once."""
    found = get_object_or_404(_shown(pk).select_related("challenge"), pk=idea)
    with RefusalsSaid(request):
        count_idea(client_address(request))
        is_new = found.support(browser_id(request.session))
        messages.success(request, _("賛同を数えました。") if is_new else _("もう数えてあります。"))
    return redirect("portal:challenge", pk)


@require_GET
def policy(request: HttpRequest) -> HttpResponse:
    """Show the rules of moderation, and how often each was used."""
    used = dict[int, int]()
    for rule in ModerationEvent.objects.filter(to=Idea.Status.HIDDEN).values_list("rule", flat=True):
        used[rule] = used.get(rule, 0) + 1
    rules = [(number, words, used.get(number, 0)) for number, words in POLICY.items()]
    return render(request, "portal/ideas/policy.html", {"rules": rules})


def _shown(challenge: int) -> IdeaQuerySet:
    """Return the ideas shown on the public page of a question."""
    return Idea.objects.shown().filter(challenge__in=Challenge.objects.public().filter(pk=challenge))
