"""設計の入口: the home page of the studio."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from todoke.studio.home_page import drafts_to_publish, most_on_paper, open_offers, releases_for, reviews_for
from todoke.web.permission_check import staff


def show(request: HttpRequest) -> HttpResponse:
    context = {
        "drafts": drafts_to_publish(),
        "offers": open_offers(),
        "paper": most_on_paper(),
        "reviews": reviews_for(staff(request)),
        "releases": releases_for(staff(request)),
    }
    return render(request, "studio/home.html", context)
