"""情報システム、障害、変更の住所."""

from django.urls import path

from todoke.board.views import incidents, systems

urlpatterns = [
    path("systems/", systems.index, name="systems"),
    path("systems/standards/", systems.tasks, name="standards"),
    path("systems/scores/", systems.scores, name="scores"),
    path("systems/evaluation/", systems.evaluation, name="evaluation"),
    path("systems/<slug:code>/", systems.show, name="system"),
    path("systems/<slug:code>/levels/<int:position>/", systems.level, name="level"),
    path("incidents/", incidents.index, name="incidents"),
    path("incidents/opening/", incidents.opening, name="incidents-opening"),
    path("incidents/<str:number>/", incidents.show, name="incident"),
    path("incidents/<str:number>/outage/", incidents.outage, name="incident-outage"),
    path("incidents/<str:number>/step/", incidents.step, name="incident-step"),
    path("incidents/<str:number>/cause/", incidents.cause, name="incident-cause"),
    path("incidents/<str:number>/closing/", incidents.closing, name="incident-closing"),
    path("changes/", incidents.changes, name="changes"),
]
