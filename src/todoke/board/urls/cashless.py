"""URLs of the cashless figures."""

from django.urls import path

from todoke.board.views import cashless

urlpatterns = [
    path("", cashless.show, name="cashless"),
    path("procedures/", cashless.procedures, name="cashless-procedures"),
    path("procedures/export/", cashless.export, name="cashless-export"),
    path("counts/", cashless.counts, name="cashless-counts"),
]
