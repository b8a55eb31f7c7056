"""部品の見本: every page component with sample content."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from todoke.studio.forms.gallery import EveryField
from todoke.studio.gallery import SAMPLES


def show(request: HttpRequest) -> HttpResponse:
    return render(
        request, "studio/gallery/show.html", {"form": EveryField(), "wrong": EveryField({}, prefix="wrong"), **SAMPLES}
    )
