"""見直し: seals, papers, visits, fees and rewriting: the list, the decision, the tables and the paper."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from todoke.japanese.calendar import today
from todoke.lists.csv_xlsx_export import list_response, table_response
from todoke.office.inventory import review_pages
from todoke.office.inventory.forms.reviews import ReviewDecisionForm, ReviewForm
from todoke.office.inventory.review_list import ReviewList
from todoke.procedures.models import Procedure
from todoke.procedures.permissions import EDIT_PROCEDURE
from todoke.reviews import report_pdf, review_seed, review_summary
from todoke.reviews.models import Review
from todoke.reviews.permissions import DECIDE_REVIEW, SEED_REVIEWS
from todoke.runtime.refusals import Unreadable
from todoke.web.actions import RefusalsOn, action, cleaned
from todoke.web.downloads import without_persons
from todoke.web.permission_check import reader, staff


@require_GET
def show_list(request: HttpRequest) -> HttpResponse:
    """What procedures ask, and what was decided; one subject chosen, several can be decided at once."""
    user = staff(request)
    page = ReviewList(user).page(request.GET)
    subject = page.query.filters.get("subject", "")
    context = {
        **page.context(),
        "ruling": ReviewDecisionForm(None, subject=subject) if subject else None,
        "subject": subject,
        "back": page.query.encoded(),
        "department": page.query.filters.get("department", ""),
        "leads": SEED_REVIEWS.held_by(user),
    }
    return render(request, "office/reviews/list.html", context)


@require_GET
def export(request: HttpRequest) -> HttpResponseBase:
    """Everything that the list shows on all its pages."""
    return list_response(ReviewList(staff(request)), request)


@require_GET
def show(request: HttpRequest, number: str) -> HttpResponse:
    return _page(request, _review(number), None)


def _page(request: HttpRequest, review: Review, form: ReviewDecisionForm | None) -> HttpResponse:
    context = {
        "review": review,
        "rows": review_pages.facts(review),
        "form": form or ReviewDecisionForm(None, subject=review.subject),
        "can_decide": review.can_decide(staff(request)),
        "others": review.procedure.reviews.exclude(pk=review.pk),
    }
    return render(request, "office/reviews/show.html", context, status=422 if form else 200)


@require_POST
def decision(request: HttpRequest, number: str) -> HttpResponse:
    """Decide about one thing."""
    review = _review(number)
    user = staff(request, DECIDE_REVIEW, review.procedure.department)
    form = ReviewDecisionForm(request.POST, subject=review.subject)
    if form.is_valid():
        with RefusalsOn(form, note="まだ決定していません。"):
            review.decide(form.decision_input(), by=user)
            messages.success(request, f"{review.what}を「{review.get_decision_display()}」に決定しました。")
            return redirect("office:review", number=number)
    return _page(request, review, form)


def _chosen_list(request: HttpRequest) -> str:
    """Return the path of the list as it was filtered."""
    return reverse("office:reviews", query=QueryDict(request.POST.get("back", "").removeprefix("?")))


@action(_chosen_list, note="どれもまだ決定していません。")
def decisions(request: HttpRequest) -> str:
    """Decide the same about several things of one subject: all or none. Raises Unreadable when none was chosen."""
    form = ReviewDecisionForm(request.POST, subject=request.POST.get("subject") or "seal")
    chosen = list(
        Review.objects.filter(number__in=request.POST.getlist("number")).select_related("procedure__department")
    )
    if not chosen:
        raise Unreadable("見直しを一つ以上選んでください。")
    for department in {review.procedure.department for review in chosen}:
        staff(request, DECIDE_REVIEW, department)
    cleaned(form)
    return f"{review_summary.decide_all(chosen, form.decision_input(), by=staff(request))}件を決定しました。"


@action("office:review", "number")
def reopening(request: HttpRequest, number: str) -> str:
    """Take a decision back with a reason."""
    review = _review(number)
    review.reopen(request.POST.get("why", ""), by=staff(request, DECIDE_REVIEW, review.procedure.department))
    return "未決定に戻しました。前の決定は監査の記録に残っています。"


@require_http_methods(["GET", "POST"])
def addition(request: HttpRequest, number: str) -> HttpResponse:
    """Write down a thing that a procedure asks."""
    procedure = get_object_or_404(Procedure.objects.select_related("department"), number=number)
    by = reader(request, EDIT_PROCEDURE, procedure.department)
    form = ReviewForm(request.POST or None, instance=Review(procedure=procedure), procedure=procedure)
    if request.method == "POST" and form.is_valid():
        with RefusalsOn(form, note="保存していません。"):
            review = form.save(commit=False)
            review.enter(by=by)
            messages.success(request, "書きました。続けて決定できます。")
            return redirect("office:review", number=review.number)
    context = {"procedure": procedure, "form": form}
    return render(request, "office/reviews/addition.html", context, status=422 if form.errors else 200)


@action("office:reviews")
def draft(request: HttpRequest) -> str:
    """Write down what the national survey says, for every procedure."""
    return f"国の調査の記載から{review_seed.create_from_survey(by=staff(request)):,}件を書きました。"


@require_GET
def table(request: HttpRequest) -> HttpResponse:
    """Departments by decision; every figure leads to its rows."""
    subject = request.GET.get("subject", "")
    return render(request, "office/reviews/table.html", review_pages.table(subject))


@require_GET
def amendments(request: HttpRequest) -> HttpResponse:
    """Which ordinances and rules must change so that the decisions can hold."""
    found = review_summary.required_amendments()
    context = {
        "own": [each for each in found if each.is_municipal],
        "others": [each for each in found if not each.is_municipal],
    }
    return render(request, "office/reviews/amendments.html", context)


@require_GET
def amendments_export(request: HttpRequest) -> HttpResponseBase:
    rows = review_pages.amendment_lines(review_summary.required_amendments())
    wanted = request.GET.get("format", "csv")
    return table_response(request, "改正が必要な条例等", review_pages.AMENDMENT_HEADS, rows, wanted)


@require_GET
def report(request: HttpRequest) -> HttpResponseBase:
    """The seal report on A4."""
    return _paper(report_pdf.render_report(today()), "押印見直し報告書")


@require_GET
def annex(request: HttpRequest) -> HttpResponseBase:
    """What was decided, form by form, on A4; of one department or of all."""
    return _paper(report_pdf.render_annex(today(), request.GET.get("department", "")), "押印見直し一覧(様式別)")


def _paper(content: bytes, name: str) -> HttpResponseBase:
    return without_persons(content, f"{name}.pdf", inline=True)


def _review(number: str) -> Review:
    rows = Review.objects.select_related("procedure__department", "paper_form", "basis", "approver")
    return get_object_or_404(rows, number=number)
