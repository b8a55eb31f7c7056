"""受付: the register of all ways, papers entered with their scan, and what a person decides about an arrival."""

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from todoke.lists.csv_xlsx_export import list_response
from todoke.lists.query import wanted_format
from todoke.office.voices.consultation_access import consultation_of, is_worked_on, receipt_of
from todoke.office.voices.consultation_lists import CommentReceiptList
from todoke.office.voices.forms.receipts import (
    JoiningForm,
    JudgementForm,
    NumbersForm,
    ReceiptForm,
    TranscriptionForm,
)
from todoke.office.voices.opinion_page import clause_choices
from todoke.voices.models import CommentReceipt
from todoke.web.actions import RefusalsOn, action, cleaned
from todoke.web.downloads import take
from todoke.web.permission_check import staff

PAGE = ("office:consultation-receipt", "number", "sequence")


@require_GET
def show_list(request: HttpRequest, number: str) -> HttpResponseBase:
    """Show every arrival, those to be decided first."""
    of = consultation_of(request, number)
    rows = CommentReceiptList(staff(request), of)
    if wanted_format(request.GET):
        return list_response(rows, request)
    return render(request, "office/consultations/receipts.html", {"of": of, **rows.page(request.GET).context()})


def entry(request: HttpRequest, number: str) -> HttpResponse:
    """Enter what came on paper, by FAX or by mail."""
    of = consultation_of(request, number)
    now = timezone.localtime().strftime("%Y-%m-%dT%H:%M")
    initial = {"arrived_at": now}
    form = ReceiptForm(request.POST or None, request.FILES or None, clauses=clause_choices(of), initial=initial)
    if request.method == "POST" and form.is_valid():
        with RefusalsOn(form):
            row = CommentReceipt.receive(of, by=staff(request), **form.facts())
            return redirect("office:consultation-receipt", of.number, row.sequence)
    context = {"form": form, "title": "届いた意見を登録する", "of": of}
    return render(request, "office/consultations/entry.html", context, status=422 if form.errors else 200)


@require_GET
def show(request: HttpRequest, number: str, sequence: int) -> HttpResponse:
    """Show one arrival with its times."""
    row = receipt_of(request, number, sequence)
    others = row.comment.receipts.exclude(pk=row.pk).select_related("consultation")
    text, of = row.comment.text, row.consultation
    form = TranscriptionForm(initial={"text": text, "seen": text}) if row.comment.is_transcribed else None
    context = {"of": of, "row": row, "others": list(others), "judgement_form": JudgementForm(), "correction_form": form,
               "joining_form": JoiningForm(), "numbers_form": NumbersForm(), "open": is_worked_on(of)}  # fmt: skip
    return render(request, "office/consultations/receipt.html", context)


@action(*PAGE)
def correction(request: HttpRequest, number: str, sequence: int) -> str:
    """Put the words of a paper right."""
    row = receipt_of(request, number, sequence)
    row.comment.consultation = row.consultation
    row.comment.correct_transcription(by=staff(request), **cleaned(TranscriptionForm(request.POST)))
    return "書き起こした文を直しました。黒塗りと確認は、もう一度必要です。"


@action(*PAGE)
def judgement(request: HttpRequest, number: str, sequence: int) -> str:
    """Decide whether it came in time."""
    receipt_of(request, number, sequence).timeliness.decide(by=staff(request), **cleaned(JudgementForm(request.POST)))
    return "期限内かどうかの判断を残しました。"


@action(*PAGE)
def joining(request: HttpRequest, number: str, sequence: int) -> str:
    """Say that it is of the same text as another arrival."""
    row, wanted = receipt_of(request, number, sequence), cleaned(JoiningForm(request.POST))["sequence"]
    row.join(get_object_or_404(CommentReceipt, consultation=row.consultation, sequence=wanted), by=staff(request))
    return "二つの受付を、一つの意見にまとめました。"


@action(*PAGE)
def splitting(request: HttpRequest, number: str, sequence: int) -> str:
    """Make it an opinion of its own again."""
    receipt_of(request, number, sequence).split(by=staff(request))
    return "別の意見に分けました。"


@require_GET
def scan(request: HttpRequest, number: str, sequence: int) -> HttpResponseBase:
    """Return the scan of the paper."""
    row = receipt_of(request, number, sequence)
    found = get_object_or_404(CommentReceipt.objects.exclude(scan=""), pk=row.pk)
    return take(row, found.scan.open, f"{row.number}.{str(found.scan.name).rsplit('.', 1)[-1]}", by=staff(request),
                media_type="application/octet-stream")  # fmt: skip


@require_POST
def numbers(request: HttpRequest, number: str, sequence: int) -> HttpResponse:
    """Open the individual numbers that were cut out, with a reason."""
    row = receipt_of(request, number, sequence)
    found = row.open_numbers(by=staff(request), **cleaned(NumbersForm(request.POST)))
    return render(request, "office/consultations/numbers.html", {"of": row.consultation, "row": row, "numbers": found})
