"""公開しているデータ: the catalogue and one dataset with its preview, for everybody."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from todoke.insights.models import Dataset
from todoke.insights.open_data.catalogue import schema_org
from todoke.insights.open_data.export_formats import coordinates, rows_of
from todoke.insights.published_datasets import dataset_facts, publisher

PREVIEW = 10


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """List the published datasets."""
    rows = Dataset.objects.published().select_related("department").prefetch_related("versions").order_by("title")
    return render(request, "board/public/data.html", {"datasets": rows})


@require_safe
def show(request: HttpRequest, slug: str) -> HttpResponse:
    """Show one dataset: what it is, its newest rows, its formats and its versions."""
    dataset = get_object_or_404(Dataset.objects.published().select_related("department"), slug=slug)
    versions = list(dataset.versions.order_by("-number"))
    heads, rows = rows_of(versions[0].content())
    page = {
        "dataset": dataset, "versions": versions, "newest": versions[0], "heads": heads, "rows": rows[:PREVIEW],
        "more": max(0, len(rows) - PREVIEW), "has_places": coordinates(heads) is not None,
        "schema": schema_org(publisher(), dataset_facts(dataset, versions)),
    }  # fmt: skip
    return render(request, "board/public/dataset.html", page)
