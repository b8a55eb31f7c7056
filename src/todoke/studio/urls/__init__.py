"""Addresses of this face: the segment is the noun, and the noun is the view module."""

from django.urls import path

from todoke.studio.urls import (
    event_logs,
    flows,
    form_parts,
    form_trials,
    forms,
    gallery,
    languages,
    offers,
    papers,
    publications,
    surveys,
)
from todoke.studio.views import home

app_name = "studio"
urlpatterns = [
    path("", home.show, name="home"),
    *forms.urlpatterns,
    *publications.urlpatterns,
    *form_trials.urlpatterns,
    *languages.urlpatterns,
    *papers.urlpatterns,
    *form_parts.urlpatterns,
    *flows.urlpatterns,
    *event_logs.urlpatterns,
    *surveys.urlpatterns,
    *gallery.urlpatterns,
    *offers.urlpatterns,
]
