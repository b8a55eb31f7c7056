"""Addresses of this face: the segment is the noun, and the noun is the view module."""

from django.urls import include, path, register_converter

from todoke.office.converters import DayConverter
from todoke.office.views import home

register_converter(DayConverter, "day")

app_name = "office"
urlpatterns = [
    path("", home.show, name="home"),
    path("", include("todoke.office.urls.cases")),
    path("", include("todoke.office.urls.conversations")),
    path("", include("todoke.office.urls.counter")),
    path("batches/", include("todoke.office.urls.batches")),
    path("classifications/", include("todoke.office.urls.classifications")),
    path("broadcasts/", include("todoke.office.urls.broadcasts")),
    path("files/", include("todoke.office.urls.files")),
    path("flags/", include("todoke.office.urls.flags")),
    path("held-mails/", include("todoke.office.urls.held_mails")),
    path("organization/", include("todoke.office.urls.organization")),
    path("procurements/", include("todoke.office.urls.procurements")),
    path("records/", include("todoke.office.urls.records")),
    path("routes/", include("todoke.office.urls.routes")),
    path("absences/", include("todoke.office.urls.absences")),
    path("proposals/", include("todoke.office.urls.proposals")),
    path("procedures/", include("todoke.office.urls.procedures")),
    path("", include("todoke.office.urls.judgements")),
    path("reviews/", include("todoke.office.urls.reviews")),
    path("rounds/", include("todoke.office.urls.rounds")),
    path("imports/", include("todoke.office.urls.imports")),
    path("payments/", include("todoke.office.urls.payments")),
    path("reconfirmations/", include("todoke.office.urls.reconfirmations")),
]
