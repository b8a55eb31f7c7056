"""/office/files/: file links that expire."""

from django.urls import path

from todoke.office.correspondence.views import files

urlpatterns = [
    path("", files.index, name="files"),
    path("handing/", files.handing_, name="file-handing"),
    path("<str:token>/revocation/", files.revocation, name="file-revocation"),
]
