"""申請を直す: answering a correction request."""

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from todoke.cases.correction.corrections import answer_correction
from todoke.cases.models import Case, CorrectionRequest
from todoke.federation.levels import Act
from todoke.formbuilder.answers.journey import AnswerKey, AnswerProblem, Journey
from todoke.formbuilder.answers.page_form import key_of, parse_answers
from todoke.formbuilder.document.question_types import Value
from todoke.formbuilder.models.answer_writes import complete_regions
from todoke.portal.access import actor_of, open_case, redirect_to_access_code, require_level_here
from todoke.portal.forms.correction import CorrectionForm
from todoke.web.actions import RefusalsHeld


def _open_request(case: Case) -> CorrectionRequest | None:
    return case.correction_requests.filter(answered_at=None, cancelled_at=None).first()


def _form(request: HttpRequest, asked: CorrectionRequest) -> CorrectionForm:
    """Return the form with what was just typed, or the stored answers."""
    submission = asked.case.submission
    typed: dict[AnswerKey, Value] = {}
    if request.method == "POST":
        for page in submission.document.pages:
            typed |= complete_regions(submission.document, parse_answers(page, request.POST))
    journey = Journey(submission.document, {**submission.current_answers(), **typed}, submission.reference_date())
    return CorrectionForm(asked.open_items(), journey, submission.uploads.current())


@redirect_to_access_code
def show(request: HttpRequest, number: str) -> HttpResponse:
    case = open_case(request, number)
    asked = _open_request(case)
    if asked is None:
        return redirect("portal:case", number)
    require_level_here(request, case, Act.CORRECT, back=request.path)
    return _page(request, asked, _form(request, asked))


@redirect_to_access_code
def answers(request: HttpRequest, number: str) -> HttpResponse:
    case = open_case(request, number)
    asked = _open_request(case)
    if asked is None or request.method != "POST":
        return redirect("portal:correction" if asked else "portal:case", number)
    asked.case = case
    shown = require_level_here(request, case, Act.CORRECT, back=reverse("portal:correction", args=[number]))
    problems = _take_files(request, asked)
    pressed = request.POST.keys()
    if not problems and "send" in pressed and "as_it_is" not in pressed and not _has_changed(request, asked):
        return _page(request, asked, _form(request, asked), unchanged=True)
    if not problems and not {"attach", "remove_upload", "look_up"} & pressed:
        problems = answer_correction(asked, request.POST, by=actor_of(request), session=shown)
        if not problems:
            messages.success(request, _("直していただいた内容を受け取りました。審査を続けます。"))
            return redirect("portal:case", number)
    form = _form(request, asked)
    form.show(problems)
    return _page(request, asked, form)


def _has_changed(request: HttpRequest, asked: CorrectionRequest) -> bool:
    """Tell whether an answer asked for was absent or is another now, or a paper was attached since it was asked for."""
    submission, spots = asked.case.submission, set(asked.spots())
    before, document = submission.current_answers(), submission.document
    typed = {key: value for page in document.pages for key, value in parse_answers(page, request.POST).items()}
    if any(key not in before for key in spots) or any(
        before[key] != value for key, value in typed.items() if key in spots
    ):
        return True
    new = submission.uploads.filter(Q(uploaded_at__gt=asked.requested_at) | Q(removed_at__gt=asked.requested_at))
    return any((file.question, file.row) in spots for file in new)


def _page(
    request: HttpRequest, asked: CorrectionRequest, form: CorrectionForm, *, unchanged: bool = False
) -> HttpResponse:
    taken = asked.items.exclude(answered_at=None)
    context = {"case": asked.case, "asked": asked, "form": form, "taken": taken, "unchanged": unchanged}
    return render(request, "portal/case/correction.html", context)


def _take_files(request: HttpRequest, asked: CorrectionRequest) -> list[AnswerProblem]:
    """Store new files of the named answers, and delete those that a button named."""
    spots, submission, refused = asked.spots(), asked.case.submission, []
    for upload in submission.uploads.current().filter(token=request.POST.get("remove_upload", "")):
        if (upload.question, upload.row) in spots:
            upload.remove()
    for name in request.FILES:
        place, file = key_of(name), request.FILES.get(name)
        if place is None or place not in spots or not isinstance(file, UploadedFile):
            continue
        with RefusalsHeld() as held:
            submission.attach(place.question, file, by=actor_of(request), row=place.row, correcting=spots)
        if held.refusal is not None:
            refused.append(AnswerProblem(place.question, str(held.refusal), place.row))
    return refused
