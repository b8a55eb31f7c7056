"""案内の揃い具合の住所."""

from django.urls import path

from todoke.board.views import completeness

urlpatterns = [
    path("", completeness.show, name="completeness"),
    path("export/", completeness.export, name="completeness-export"),
]
