"""説明会: when and where the draft is explained, its public record, and spoken opinions where the rule allows them."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET

from todoke.office.voices.consultation_access import consultation_of
from todoke.office.voices.forms.consultation_ways import BriefingForm, MinutesForm, SpokenForm
from todoke.office.voices.opinion_page import clause_choices
from todoke.voices.models import Briefing, Consultation
from todoke.voices.spoken_opinions import hear
from todoke.web.actions import RefusalsOn, action, cleaned
from todoke.web.permission_check import staff

ONE = ("office:consultation-briefing", "number", "pk")
OPEN = {Consultation.Status.DRAFT, Consultation.Status.ANNOUNCED}


def _briefing(request: HttpRequest, number: str, pk: int) -> Briefing:
    rows = Briefing.objects.select_related("consultation__department", "consultation__rule")
    return get_object_or_404(rows, consultation=consultation_of(request, number), pk=pk)


def show_list(request: HttpRequest, number: str) -> HttpResponse:
    """Show the briefings of a consultation, and plan one more."""
    of = consultation_of(request, number)
    form = BriefingForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        with RefusalsOn(form):
            made = Briefing.plan(of, by=staff(request), **form.cleaned_data)
            return redirect("office:consultation-briefing", of.number, made.pk)
    context = {"of": of, "form": form, "briefings": of.briefings.order_by("starts_at")[:50], "open": of.status in OPEN}
    return render(request, "office/consultations/briefings.html", context, status=422 if form.errors else 200)


@require_GET
def show(request: HttpRequest, number: str, pk: int) -> HttpResponse:
    """Show one briefing with its record and what was heard there."""
    row = _briefing(request, number, pk)
    of = row.consultation
    minutes = MinutesForm(initial={"minutes": row.minutes, "seen": row.minutes})
    context = {
        "of": of, "row": row, "minutes_form": minutes, "spoken_form": SpokenForm(clauses=clause_choices(of)),
        "heard": row.receipts.select_related("consultation").order_by("sequence")[:200],
        "takes": of.rule.oral_allowed and of.status in {Consultation.Status.ANNOUNCED, Consultation.Status.ANSWERING},
    }  # fmt: skip
    return render(request, "office/consultations/briefing.html", context)


@action(*ONE)
def minutes(request: HttpRequest, number: str, pk: int) -> str:
    """Write the record of a briefing."""
    _briefing(request, number, pk).write_minutes(by=staff(request), **cleaned(MinutesForm(request.POST)))
    return "説明会の記録を残しました。公開しているページに載ります。"


@action(*ONE)
def opinion(request: HttpRequest, number: str, pk: int) -> str:
    """Register a spoken opinion in words that the speaker confirmed."""
    row = _briefing(request, number, pk)
    form = SpokenForm(request.POST, clauses=clause_choices(row.consultation))
    cleaned(form)
    made = hear(row, by=staff(request), **form.facts())
    return f"口頭の意見を{made.number}で受け付けました。"
