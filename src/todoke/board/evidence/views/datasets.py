"""データセット: what the office publishes, the check of a file, its repair, approval and publication."""

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from todoke.board.access import UNCHANGED
from todoke.board.evidence.check_page import check_context
from todoke.board.evidence.dataset_list import DatasetList
from todoke.board.evidence.forms.datasets import CheckForm, ConfirmForm, CorrectionForm, DatasetForm
from todoke.insights.models import Dataset, ValidationRun
from todoke.insights.models.dataset import publish_month
from todoke.insights.permissions import KEEP_DATASET, PUBLISH_DATA
from todoke.lists.list_page import list_page
from todoke.web.actions import action, cleaned
from todoke.web.downloads import without_persons
from todoke.web.permission_check import staff


def _run(request: HttpRequest, token: str) -> ValidationRun:
    """Return a check of a dataset that the person keeps. Raises PermissionDenied for another section's."""
    rows = ValidationRun.objects.select_related("dataset__department", "repaired_from")
    run = get_object_or_404(rows, token=token)
    staff(request, KEEP_DATASET, run.dataset.department)
    return run


@require_GET
def index(request: HttpRequest) -> HttpResponseBase:
    """Show the datasets with their state."""
    user = staff(request)
    return list_page(request, DatasetList(user), "board/datasets/index.html", {})


@require_http_methods(["GET", "POST"])
def registration(request: HttpRequest) -> HttpResponse:
    """Register a dataset."""
    user = staff(request)
    form = DatasetForm(request.POST or None, user=user)
    if request.method == "POST" and form.is_valid():
        staff(request, KEEP_DATASET, form.cleaned_data["department"])
        made = Dataset.register(by=user, **form.cleaned_data)
        return redirect("board:dataset", slug=made.slug)
    return render(request, "board/datasets/registration.html", {"form": form}, status=422 if form.errors else 200)


@require_GET
def show(request: HttpRequest, slug: str) -> HttpResponse:
    """Show one dataset: its versions and checks."""
    user = staff(request)
    dataset = get_object_or_404(Dataset.objects.select_related("department"), slug=slug)
    page = {
        "dataset": dataset, "versions": dataset.versions.order_by("-number")[:60], "runs": dataset.runs.all()[:20],
        "can_keep": KEEP_DATASET.held_by(user, dataset.department), "check_form": CheckForm(),
        "can_publish": dataset.can_publish(user), "correction_form": CorrectionForm(),
    }  # fmt: skip
    return render(request, "board/datasets/show.html", page)


@action("board:dataset", "slug", note=UNCHANGED)
def checking(request: HttpRequest, slug: str) -> HttpResponse:
    """Check a file of a dataset."""
    dataset = get_object_or_404(Dataset.objects.filter(series=""), slug=slug)
    user = staff(request, KEEP_DATASET, dataset.department)
    file = cleaned(CheckForm(request.POST, request.FILES))["file"]
    return redirect("board:check", token=ValidationRun.check_file(dataset, file.read(), file.name, by=user).token)


@action("board:dataset", "slug", note=UNCHANGED)
def correction(request: HttpRequest, slug: str) -> str:
    """Correct a public month of an own series, beside what was published."""
    user, dataset = staff(request, PUBLISH_DATA), get_object_or_404(Dataset.objects.exclude(series=""), slug=slug)
    given = cleaned(CorrectionForm(request.POST))
    made = publish_month(dataset.series, given["month"], reason=given["reason"], by=user)
    return "訂正を公開しました。前の版も残っています。" if made else "その月の値はありません。"


@require_GET
def check(request: HttpRequest, token: str) -> HttpResponse:
    """Show what is wrong in a file, and what to do next."""
    return render(request, "board/datasets/check.html", check_context(_run(request, token), staff(request)))


@require_GET
def file(request: HttpRequest, token: str) -> HttpResponseBase:
    """Return a checked file as it is."""
    run = _run(request, token)
    return without_persons(run.content(), run.name, media_type="text/csv")


@action("board:check", "token", note=UNCHANGED)
def repair(request: HttpRequest, token: str) -> HttpResponse:
    """Write a repaired copy, which is checked anew."""
    run = _run(request, token)
    user = staff(request, KEEP_DATASET, run.dataset.department)
    return redirect("board:check", token=run.repair(by=user).token)


@action("board:check", "token", note=UNCHANGED)
def confirmation(request: HttpRequest, token: str) -> str:
    """Say that a person has looked at every warning of a rule."""
    run = _run(request, token)
    user = staff(request, KEEP_DATASET, run.dataset.department)
    run.confirm(cleaned(ConfirmForm(request.POST))["rule"], by=user)
    return "確かめたことを記録しました。"


@action("board:check", "token", note=UNCHANGED)
def approval(request: HttpRequest, token: str) -> str:
    """Approve a file without errors."""
    run = _run(request, token)
    run.approve(by=staff(request, PUBLISH_DATA, run.dataset.department))
    return "承認しました。次は公開です。"


@action("board:check", "token", note=UNCHANGED)
def publication(request: HttpRequest, token: str) -> str:
    """Publish the approved file."""
    run = _run(request, token)
    made = run.publish(by=staff(request, PUBLISH_DATA, run.dataset.department))
    return f"第{made.number}版を公開しました。"
