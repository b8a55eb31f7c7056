"""/office/held-mails/: mails held by a stop flag until somebody decides."""

from django.urls import path

from todoke.office.correspondence.views import held_mails

urlpatterns = [
    path("", held_mails.index, name="held-mails"),
    path("export/", held_mails.export, name="held-mails-export"),
    path("<str:token>/", held_mails.show, name="held-mail"),
    path("<str:token>/release/", held_mails.release, name="held-mail-release"),
    path("<str:token>/discarding/", held_mails.discarding, name="held-mail-discarding"),
]
