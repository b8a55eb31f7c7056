"""/office/flags/: stop flags."""

from django.urls import path

from todoke.office.correspondence.views import flags

urlpatterns = [
    path("", flags.show, name="flags"),
    path("registration/", flags.registration, name="flag-registration"),
    path("<str:token>/lifting/", flags.lifting, name="flag-lifting"),
]
