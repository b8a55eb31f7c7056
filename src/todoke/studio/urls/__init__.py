"""Addresses of this face: the segment is the noun, and the noun is the view module."""

from django.urls import path

from todoke.studio.urls import (
    flows,
    forms,
    gallery,
    languages,
    mining,
    offers,
    papers,
    parts,
    publications,
    surveys,
    trials,
)
from todoke.studio.views import home

app_name = "studio"
urlpatterns = [
    path("", home.show, name="home"),
    *forms.urlpatterns,
    *publications.urlpatterns,
    *trials.urlpatterns,
    *languages.urlpatterns,
    *papers.urlpatterns,
    *parts.urlpatterns,
    *flows.urlpatterns,
    *mining.urlpatterns,
    *surveys.urlpatterns,
    *gallery.urlpatterns,
    *offers.urlpatterns,
]
