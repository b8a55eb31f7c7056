"""/office/visit-purposes/: for what the section receives people, a new purpose, the end of one."""

from django.urls import path

from todoke.office.reception.views import purposes

urlpatterns = [
    path("", purposes.index, name="visit-purposes"),
    path("opening/", purposes.opening, name="visit-purposes-opening"),
    path("<slug:code>/ending/", purposes.ending, name="visit-purpose-ending"),
]
