"""URLs of the priorities."""

from django.urls import path

from todoke.board.views import priorities, scenarios

urlpatterns = [
    path("", priorities.show_list, name="priorities"),
    path("scenarios/", scenarios.show_list, name="scenarios"),
    path("scenarios/saving/", scenarios.saving, name="scenario-saving"),
]
