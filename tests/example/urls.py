"""Addresses of the example."""

from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.urls import path

app_name = "example"


def show(request: HttpRequest) -> HttpResponse:
    """Answer with the frame of a staff page."""
    return HttpResponse(engines["django"].from_string("{% rail 'example' %}").render({}, request))


urlpatterns = [path("", show, name="home")]
