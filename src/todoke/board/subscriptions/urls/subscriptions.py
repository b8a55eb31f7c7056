"""/board/subscriptions/: tools that are paid for by seat or flat."""

from django.urls import path

from todoke.board.subscriptions.views import subscriptions

urlpatterns = [
    path("subscriptions/", subscriptions.index, name="subscriptions"),
    path("subscriptions/<slug:code>/", subscriptions.show, name="subscription"),
    path("subscriptions/<slug:code>/decision/", subscriptions.decision, name="subscription-decision"),
]
