"""URLs of the rates."""

from django.urls import path

from todoke.board.views import rates

urlpatterns = [
    path("", rates.show_list, name="rates"),
    path("<slug:key>/", rates.show, name="rate"),
    path("<slug:key>/export/", rates.export, name="rate-export"),
]
