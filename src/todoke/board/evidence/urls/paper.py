"""/board/paper/: sheets of paper by section and month."""

from django.urls import path

from todoke.board.evidence.views import paper

urlpatterns = [
    path("", paper.show, name="paper"),
    path("report/", paper.report, name="paper-report"),
]
