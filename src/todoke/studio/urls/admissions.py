"""URLs of the rules of 利用調整."""

from django.urls import path

from todoke.studio.views import admissions

urlpatterns = [
    path("admissions/", admissions.index, name="admission-schemes"),
    path("admissions/<slug:code>/", admissions.show, name="admission-rules"),
    path("admissions/<slug:code>/versions/<int:number>/", admissions.version, name="admission-rule-version"),
    path("admissions/<slug:code>/draft/", admissions.draft, name="admission-rule-draft"),
    path("admissions/<slug:code>/trial/", admissions.trial, name="admission-rule-trial"),
    path("admissions/<slug:code>/publication/", admissions.publication, name="admission-rule-publication"),
]
