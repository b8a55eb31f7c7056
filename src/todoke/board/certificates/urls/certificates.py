"""/board/certificates/: certificates by way, their bills, and the ways during an outage."""

from django.urls import path

from todoke.board.certificates.views import certificates

urlpatterns = [
    path("", certificates.index, name="certificates"),
    path("statement/", certificates.statement, name="certificates-statement"),
]
