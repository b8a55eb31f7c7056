"""情報システム、障害、変更の住所."""

from django.urls import path

from todoke.board.views import changes, incidents, notices, systems

urlpatterns = [
    path("systems/", systems.index, name="systems"),
    path("systems/standards/", systems.tasks, name="standards"),
    path("systems/scores/", systems.scores, name="scores"),
    path("systems/evaluation/", systems.evaluation, name="evaluation"),
    path("systems/<slug:code>/", systems.show, name="system"),
    path("systems/<slug:code>/levels/<serial:position>/", systems.level, name="level"),
    path("incidents/", incidents.index, name="incidents"),
    path("incidents/opening/", incidents.opening, name="incidents-opening"),
    path("incidents/notices/", notices.index, name="incident-notice-list"),
    path("incidents/<str:number>/", incidents.show, name="incident"),
    path("incidents/<str:number>/outage/", incidents.outage, name="incident-outage"),
    path("incidents/<str:number>/step/", incidents.step, name="incident-step"),
    path("incidents/<str:number>/cause/", incidents.cause, name="incident-cause"),
    path("incidents/<str:number>/closing/", incidents.closing, name="incident-closing"),
    path("incidents/<str:number>/impact/", incidents.impact, name="incident-impact"),
    path(
        "incidents/<str:number>/steps/<slug:row_key>/completion/", incidents.completion, name="incident-step-completion"
    ),
    path("incidents/<str:number>/notices/", notices.drafting, name="incident-notices"),
    path("incidents/<str:number>/notices/<slug:row_key>/sending/", notices.sending, name="incident-notice-sending"),
    path("changes/", changes.index, name="changes"),
    path("changes/<slug:code>/<slug:row_key>/approval/", changes.approval, name="change-approval"),
    path("changes/<slug:code>/<slug:row_key>/telling/", changes.telling, name="change-telling"),
    path("public/stops/", notices.stops, name="public-stops"),
]
