"""/office/broadcasts/: broadcasts to residents who consented."""

from django.urls import path

from todoke.office.correspondence.views import broadcasts

urlpatterns = [
    path("", broadcasts.index, name="broadcasts"),
    path("planning/", broadcasts.planning, name="broadcast-planning"),
    path("<str:token>/", broadcasts.show, name="broadcast"),
    path("<str:token>/cancellation/", broadcasts.cancellation, name="broadcast-cancellation"),
]
