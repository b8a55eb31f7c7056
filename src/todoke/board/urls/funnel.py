"""URLs of the funnel."""

from django.urls import path

from todoke.board.views import funnel

urlpatterns = [path("funnel/", funnel.show, name="funnel")]
