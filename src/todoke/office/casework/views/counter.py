"""窓口・郵送の受付: entry of applications on paper, at the counter or by telephone."""

from collections.abc import Mapping, Sequence

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.html import format_html
from django.views.decorators.http import require_POST

from todoke.cases import intake
from todoke.cases.answers import body_hash
from todoke.cases.models import Draft
from todoke.cases.models.querysets import departments_worked_in
from todoke.cases.required_level import require_level
from todoke.federation.levels import Act
from todoke.federation.models import IdentityCheck
from todoke.federation.permissions import RECORD_IDENTITY_CHECK
from todoke.formbuilder.answers.journey import AnswerProblem, Journey
from todoke.formbuilder.answers.page_form import form_for
from todoke.formbuilder.document.structure import FormPage
from todoke.formbuilder.models.answer import given_names
from todoke.offers.models import Release
from todoke.office.casework.forms.counter import BeginForm, IdentityCheckForm, ReceiptForm
from todoke.points.permissions import GRANT_POINTS
from todoke.web.actions import RefusalsOn, action, cleaned
from todoke.web.permission_check import staff


def _releases(request: HttpRequest) -> list[Release]:
    mine = departments_worked_in(staff(request)).values("pk")
    found = Release.objects.in_force().filter(offer__department__in=mine)
    return list(found.select_related("offer__procedure", "offer__department", "form_version"))


def _draft(request: HttpRequest, token: str) -> Draft:
    drafts = Draft.objects.entered_by(staff(request)).filter(sent_at__isnull=True)
    return get_object_or_404(
        drafts.select_related("submission__version", "release__offer__procedure"), submission__token=token
    )


def show(request: HttpRequest) -> HttpResponse:
    """Show the services of the person's departments, and unfinished entries."""
    drafts = Draft.objects.entered_by(staff(request)).filter(sent_at__isnull=True)
    entries = list(drafts.select_related("submission", "release__offer__procedure"))
    names = given_names([draft.submission_id for draft in entries])
    context = {
        "releases": _releases(request),
        "form": BeginForm(),
        "identity_form": IdentityCheckForm() if RECORD_IDENTITY_CHECK.held_by(staff(request)) else None,
        "may_grant": bool(GRANT_POINTS.departments_of(staff(request))),
        "drafts": [(draft, _first_name(names.get(draft.submission_id, ()))) for draft in entries],
    }
    return render(request, "office/counter/show.html", context)


def _first_name(names: Sequence[Mapping[str, str]]) -> str:
    """Return the first name that an entry gives, "" where none is written yet."""
    return next((f"{parts.get('family', '')} {parts.get('given', '')}".strip() for parts in names), "")


@action("office:counter")
def begin(request: HttpRequest, code: str) -> HttpResponse:
    release = next((found for found in _releases(request) if found.offer.code == code), None)
    form = BeginForm(request.POST)
    if release is None or not form.is_valid():
        raise Http404
    draft = intake.begin(release, by=staff(request), **form.cleaned_data)
    return redirect("office:counter-page", draft.submission.token, draft.submission.document.pages[0].id)


@action("office:counter")
def identity_check(request: HttpRequest) -> str:
    """Record that the documents of an account's holder were seen."""
    clerk, form = staff(request, RECORD_IDENTITY_CHECK), IdentityCheckForm(request.POST)
    IdentityCheck.record(method=cleaned(form)["method"], user=form.user, by=clerk)
    return (
        f"「{form.user}」さんの本人確認を記録しました。これからは、書類の確認が必要な手続もオンラインで申請できます。"
    )


def page(request: HttpRequest, token: str, page: str) -> HttpResponse:
    """Show one page of the form as applicants see it; a POST saves it and shows the next."""
    draft = _draft(request, token)
    journey = draft.submission.journey(staff=True)
    asked, problems = _page(journey, page), list[AnswerProblem]()
    if request.method == "POST":
        require_level(draft, Act.SAVE, by=staff(request))
        problems = draft.submission.save_page(page, request.POST, by=staff(request), files=request.FILES, staff=True)
        journey = draft.submission.journey(staff=True)
        if not any(not problem.warning for problem in problems) and not {"add_row", "look_up"} & request.POST.keys():
            following = journey.next_page(page)
            return redirect("office:counter-page", token, following.id) if following else _check(token)
    extra = {request.POST["add_row"]: 1} if request.POST.get("add_row") else None
    form = form_for(asked, journey, problems=problems, uploads=draft.submission.uploads.current(), extra=extra)
    before = journey.previous_page(page)
    context = {"draft": draft, "form": form, "page": asked, "before": before}
    return render(request, "office/counter/page.html", context, status=422 if form.errors else 200)


def check(request: HttpRequest, token: str) -> HttpResponse:
    """Show everything entered before it is received."""
    draft = _draft(request, token)
    form = ReceiptForm(initial={"seen": body_hash(draft.submission)})
    return render(request, "office/counter/check.html", _whole(draft, form))


@require_POST
def receive(request: HttpRequest, token: str) -> HttpResponse:
    """Receive the application; a repeated POST leads to the same case."""
    drafts = Draft.objects.entered_by(staff(request)).select_related("submission__version")
    draft = get_object_or_404(drafts, submission__token=token)
    form = ReceiptForm(request.POST)
    if form.is_valid():
        with RefusalsOn(form):
            case = intake.accept(draft.submission, by=staff(request), **form.terms())
            slip = reverse("office:case-slip", args=[case.number])
            done = '受付番号 {} で受け付けました。<a href="{}">受付票を印刷して</a>、申請者に渡してください。'
            messages.success(request, format_html(done, case.number, slip))
            return redirect("office:case", case.number)
    return render(request, "office/counter/check.html", _whole(draft, form), status=422)


def _page(journey: Journey, page: str) -> FormPage:
    for shown in journey.pages():
        if shown.id == page:
            return shown
    raise Http404


def _check(token: str) -> HttpResponse:
    return redirect("office:counter-check", token)


def _whole(draft: Draft, form: ReceiptForm) -> dict[str, object]:
    journey = draft.submission.journey(staff=True)
    unfinished = journey.first_unfinished()
    fee = intake.fee_of(draft.release, draft.submission)
    checks = IdentityCheck.objects.of(user=None, draft_token=draft.submission.token)
    return {
        "draft": draft, "answers": journey.summary(), "form": form, "unfinished": unfinished, "fee": fee,
        "identity_check": checks.select_related("by").first(),
        "blanks": [problem.message for problem in journey.problems() if problem.warning],
    }  # fmt: skip
