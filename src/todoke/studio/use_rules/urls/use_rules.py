"""/studio/use-rules/: the groups of facilities, one group with its versions, its draft, its publication."""

from django.urls import path

from todoke.studio.use_rules.views import use_rules

urlpatterns = [
    path("use-rules/", use_rules.index, name="use-rules"),
    path("use-rules/<slug:code>/", use_rules.show, name="use-rules-group"),
    path("use-rules/<slug:code>/draft/", use_rules.draft, name="use-rules-draft"),
    path("use-rules/<slug:code>/publication/", use_rules.publication, name="use-rules-publication"),
]
