"""URLs of the studio: the path segment is the noun and the name of the view module."""

from django.urls import path

from todoke.studio.definitions.urls import definitions
from todoke.studio.scans.urls import scan_templates
from todoke.studio.urls import (
    admissions,
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
    vocabulary,
)
from todoke.studio.use_rules.urls import use_rules
from todoke.studio.views import home, saved_views

app_name = "studio"
urlpatterns = [
    path("", home.show, name="home"),
    path("saved-views/registration/", saved_views.registration, name="saved-view-registration"),
    path("saved-views/<str:token>/removal/", saved_views.removal, name="saved-view-removal"),
    *definitions.urlpatterns,
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
    *vocabulary.urlpatterns,
    *admissions.urlpatterns,
    *use_rules.urlpatterns,
    *scan_templates.urlpatterns,
]
