"""Addresses of the priorities."""

from django.urls import path

from todoke.board.views import priorities

urlpatterns = [
    path("", priorities.show_list, name="priorities"),
]
