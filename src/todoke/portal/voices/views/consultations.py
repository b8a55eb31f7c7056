"""意見募集: what is asked, an opinion without an account, whether it arrived, and what became of it."""

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_safe

from todoke.accounts.actors import Guest
from todoke.portal.access import client_address
from todoke.portal.voices.consultation_feed import consultation_feed
from todoke.portal.voices.consultation_page import count_opinion, public_consultation, result_context
from todoke.portal.voices.forms.consultations import OpinionForm
from todoke.voices.arrival import Channel
from todoke.voices.models import Briefing, CommentReceipt, Consultation
from todoke.voices.response_table import ResponseTable
from todoke.web.actions import RefusalsOn
from todoke.web.downloads import without_persons

LISTED = 50
PUBLIC = {"Cache-Control": "public, max-age=300"}


@require_GET
def show_list(request: HttpRequest) -> HttpResponse:
    """Show what is asked now, what is being answered, and the results."""
    rows = list(Consultation.objects.public().order_by("-opens_on", "-pk")[:LISTED])
    status = Consultation.Status
    context = {
        "open_ones": [each for each in rows if each.status == status.ANNOUNCED],
        "answering": [each for each in rows if each.status == status.ANSWERING],
        "ended": [each for each in rows if each.status in {status.PUBLISHED, status.ABANDONED}],
    }
    return render(request, "portal/consultations/list.html", context)


@require_GET
def show(request: HttpRequest, number: str) -> HttpResponse:
    """Show the draft by its clauses, the period and the ways."""
    of = public_consultation(number)
    context = {
        "of": of, "clauses": of.texts.get(version=0).clauses.all(), "open": of.takes_opinions,
        "channels": list(of.channel_terms().values()), "extensions": of.extensions.all(),
        "briefings": of.briefings.order_by("starts_at")[:50],
    }  # fmt: skip
    return render(request, "portal/consultations/show.html", context)


def opinion(request: HttpRequest, number: str) -> HttpResponse:
    """Take an opinion; one that comes after the end stays in the register as such, and the receipt says so."""
    of = public_consultation(number)
    if of.status != Consultation.Status.ANNOUNCED:
        return redirect("portal:consultation", number)
    clauses = list(of.texts.get(version=0).clauses.all())
    initial = {"clause": request.GET.get("clause", "")}
    form = OpinionForm(request.POST or None, of=of, clauses=clauses, whole=_("案の全体"), initial=initial)
    if request.method == "POST" and form.is_valid():
        with RefusalsOn(form):
            count_opinion(client_address(request))
            facts = {"text": form.cleaned_data["text"], "clause": form.cleaned_data["clause"]}
            sender = {**form.sender(), "language": get_language() or "ja"}
            token = form.cleaned_data["token"]
            row = CommentReceipt.receive(of, channel=Channel.WEB, by=Guest(), token=token, sender=sender, **facts)
            return redirect("portal:consultation-receipt", row.token)
    context = {"of": of, "form": form, "open": of.takes_opinions}
    return render(request, "portal/consultations/opinion.html", context, status=422 if form.errors else 200)


@require_GET
def receipt(request: HttpRequest, token: str) -> HttpResponse:
    """Say that an opinion arrived, when and under which number; its words are not shown again."""
    rows = CommentReceipt.objects.select_related("consultation", "timeliness")
    row = get_object_or_404(rows, token=token)
    return render(request, "portal/consultations/receipt.html", {"row": row, "of": row.consultation})


@require_GET
def result(request: HttpRequest, number: str) -> HttpResponse:
    """Show the opinions, the answers and the changed draft."""
    of = public_consultation(number)
    if of.status != Consultation.Status.PUBLISHED:
        raise Http404
    return render(request, "portal/consultations/result.html", result_context(of, request.GET))


@require_GET
def table(request: HttpRequest, number: str) -> HttpResponseBase:
    """Return the published table as a PDF."""
    of = public_consultation(number)
    if of.status != Consultation.Status.PUBLISHED:
        raise Http404
    return without_persons(ResponseTable(of).pdf(), f"{of.number}.pdf")


@require_GET
def briefing_material(request: HttpRequest, number: str, pk: int) -> HttpResponseBase:
    """Return the material of a briefing as a PDF."""
    row = get_object_or_404(Briefing.objects.exclude(material=""), consultation=public_consultation(number), pk=pk)
    with row.material.open() as file:
        return without_persons(file.read(), f"{number}-briefing.pdf")


@require_safe
def feed(request: HttpRequest) -> HttpResponse:
    """Return the calls and their results as an RSS feed, newest first."""
    return HttpResponse(consultation_feed(), "application/rss+xml; charset=utf-8", headers=PUBLIC)
