"""Open data オープンデータ: the catalogue as linked data, feeds, and files under stable addresses."""

import json
import re
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_safe

from todoke.insights.models import Dataset, DatasetVersion
from todoke.insights.open_data import catalogue
from todoke.insights.open_data.export_formats import MEDIA_TYPES, in_format
from todoke.insights.published_datasets import dataset_facts, published, publisher
from todoke.runtime.links import absolute
from todoke.web.downloads import without_persons

PUBLIC = {"Cache-Control": "public, max-age=300", "Access-Control-Allow-Origin": "*"}
DIGITS = re.compile("[0-9]{1,6}")
LINKED = "application/ld+json; charset=utf-8"


def _linked(said: dict[str, Any]) -> HttpResponse:
    return HttpResponse(json.dumps(said, ensure_ascii=False, indent=1), LINKED, headers=PUBLIC)


@require_safe
def index(request: HttpRequest) -> HttpResponseBase:
    """Lead people to the page of published data."""
    return redirect("board:public-data")


@require_safe
def catalog(request: HttpRequest) -> HttpResponse:
    """Return the whole catalogue as DCAT in JSON-LD."""
    return _linked(catalogue.catalogue(absolute("portal:open-data-catalog"), publisher(), published()))


@require_safe
def dataset(request: HttpRequest, slug: str) -> HttpResponse:
    """Return one dataset as DCAT in JSON-LD."""
    found = get_object_or_404(Dataset.objects.published(), slug=slug)
    return _linked(catalogue.dataset(publisher(), dataset_facts(found, found.versions.all())))


@require_safe
def atom(request: HttpRequest) -> HttpResponse:
    """Return the newest publications as an Atom feed."""
    made = catalogue.atom(absolute("board:public-data"), absolute("portal:open-data-atom"), publisher(), published())
    return HttpResponse(made, "application/atom+xml; charset=utf-8", headers=PUBLIC)


@require_safe
def rss(request: HttpRequest) -> HttpResponse:
    """Return the newest publications as an RSS feed."""
    made = catalogue.rss(absolute("board:public-data"), publisher(), published())
    return HttpResponse(made, "application/rss+xml; charset=utf-8", headers=PUBLIC)


@require_safe
def standard_list(request: HttpRequest) -> HttpResponseBase:
    """Return the generated set オープンデータ一覧."""
    return _answer(catalogue.standard_list(publisher(), published()), "csv", "オープンデータ一覧")


@require_safe
def newest(request: HttpRequest, slug: str, kind: str) -> HttpResponseBase:
    """Return the newest version of a dataset in a format; ``?bom=0`` leaves the mark of a CSV out."""
    version = DatasetVersion.objects.filter(dataset__slug=slug).order_by("-number").first()
    return _version(request, version, kind)


@require_safe
def file(request: HttpRequest, slug: str, number: str, kind: str) -> HttpResponseBase:
    """Return one version of a dataset in a format."""
    if not DIGITS.fullmatch(number):
        raise Http404
    return _version(request, DatasetVersion.objects.filter(dataset__slug=slug, number=int(number)).first(), kind)


def _version(request: HttpRequest, version: DatasetVersion | None, kind: str) -> HttpResponseBase:
    if version is None or kind not in MEDIA_TYPES:
        raise Http404
    made = in_format(version.content(), kind, marked=request.GET.get("bom") != "0")
    if made is None:
        raise Http404
    return _answer(made, kind, f"{version.dataset.slug}-{version.number}")


def _answer(content: bytes, kind: str, name: str) -> HttpResponseBase:
    made = without_persons(content, f"{name}.{kind}", media_type=MEDIA_TYPES[kind])
    for header, value in PUBLIC.items():
        made.headers[header] = value
    return made
