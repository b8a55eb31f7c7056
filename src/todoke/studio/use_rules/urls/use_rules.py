"""/studio/use-rules/: the groups of facilities, one group with its versions, its draft, its publication."""

from django.urls import path

from todoke.studio.use_rules.views import halls, use_rules

urlpatterns = [
    path("use-rules/", use_rules.index, name="use-rules"),
    path("use-rules/registration/", halls.registration, name="use-rules-registration"),
    path("use-rules/<slug:code>/", use_rules.show, name="use-rules-group"),
    path("use-rules/<slug:code>/hall/", halls.hall, name="use-rules-hall"),
    path("use-rules/<slug:code>/timetable/", halls.timetable, name="use-rules-timetable"),
    path("use-rules/<slug:code>/draft/", use_rules.draft, name="use-rules-draft"),
    path("use-rules/<slug:code>/publication/", use_rules.publication, name="use-rules-publication"),
]
