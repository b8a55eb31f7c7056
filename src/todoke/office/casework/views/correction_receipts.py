"""補正の受領: what was asked for comes to the counter, by post or telephone, and is taken in thing by thing."""

from urllib.parse import urlencode

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.views.decorators.http import require_GET

from todoke.cases import inbox
from todoke.cases.models import Case, CorrectionRequest
from todoke.formbuilder.answers.journey import AnswerProblem
from todoke.formbuilder.answers.page_form import key_of
from todoke.office.casework.forms.correction_receipts import CorrectionReceiptForm
from todoke.office.casework.views.cases import case_for
from todoke.web.actions import RefusalsHeld, RefusalsOn
from todoke.web.permission_check import staff

HELPS = ("attach", "remove_upload", "look_up")
"""Buttons of inputs that do not take anything in."""


@require_GET
def find(request: HttpRequest) -> HttpResponse:
    """Find an awaited correction by number, name or telephone: the one that fits, or the list of those that do."""
    words = request.GET.get("q", "")[:100]
    awaited = inbox.cases_of(staff(request)).waiting_for_applicant()
    found = list(inbox.search(awaited, words)[:2]) if words.strip() else []
    if len(found) == 1:
        return redirect("office:case-correction-receipt", found[0].number)
    return redirect(f"{reverse('office:inbox')}?{urlencode({'view': 'correction', 'q': words})}")


def receipt(request: HttpRequest, number: str) -> HttpResponse:
    """Show what was asked for and has not come; a POST takes in what came."""
    case, by = case_for(request, number), staff(request)
    asked = _awaited(case)
    if asked is None:
        messages.info(request, "受け取りを待っている補正はありません。")
        return redirect("office:case", number)
    if request.method != "POST":
        case.record_view(by=by)
        return _page(request, CorrectionReceiptForm(asked=asked))
    case.require_department(by)
    problems = _take_copies(request, CorrectionReceiptForm(asked=asked))
    form = CorrectionReceiptForm(request.POST, asked=asked)
    if not problems and not {*HELPS} & request.POST.keys() and form.is_valid():
        with RefusalsOn(form):
            if not (problems := form.receive(by=by)):
                messages.success(request, _received_words(asked))
                return redirect("office:case", number)
    form.answers.show(problems)
    return _page(request, form)


def _awaited(case: Case) -> CorrectionRequest | None:
    """Return the open request of a case."""
    asked = case.correction_requests.filter(answered_at=None, cancelled_at=None).first()
    if asked is not None:
        asked.case = case
    return asked


def _page(request: HttpRequest, form: CorrectionReceiptForm) -> HttpResponse:
    context = {"case": form.asked.case, "asked": form.asked, "form": form}
    refused = bool(form.errors or form.answers.errors)
    return render(request, "office/cases/correction_receipt.html", context, status=422 if refused else 200)


def _take_copies(request: HttpRequest, form: CorrectionReceiptForm) -> list[AnswerProblem]:
    """Store the chosen files, so that none is chosen twice when something else is refused; return what was refused."""
    refused = []
    form.remove(request.POST.get("remove_upload", ""))
    for name in request.FILES:
        place, file = key_of(name), request.FILES.get(name)
        if place is None or not isinstance(file, UploadedFile):
            continue
        with RefusalsHeld() as held:
            form.attach(name, file, by=staff(request))
        if held.refusal is not None:
            refused.append(AnswerProblem(place.question, str(held.refusal), place.row))
    return refused


def _received_words(asked: CorrectionRequest) -> SafeString:
    """Return the message of a receipt, with the slip to be printed where no mail tells the applicant."""
    slip = reverse("office:case-correction-slip", args=[asked.case.number])
    left = "、".join(item.label for item in asked.open_items())
    said = f"まだ届いていないもの: {left}。" if left else "すべて届いたので、審査に戻りました。"
    told = "申請者にメールで知らせます。" if asked.case.applicant_email else "メールでは伝わりません。"
    return format_html('受け取りました。{}{}<a href="{}">受領票を印刷する</a>', said, told, slip)


@require_GET
def slip(request: HttpRequest, number: str) -> HttpResponse:
    """Show what came in of the last request as a slip (受領票・預り証), to be printed and handed over or sent."""
    case = case_for(request, number)
    asked = case.correction_requests.last()
    items = list(asked.items.select_related("received_by")) if asked else []
    taken = [item for item in items if item.received_by_id]
    if not taken:
        return redirect("office:case", number)
    case.record_view(by=staff(request))
    context = {"case": case, "taken": taken, "left": [item for item in items if item.answered_at is None]}
    return render(request, "office/cases/correction_slip.html", context)
