"""URLs of 利用調整."""

from django.urls import path

from todoke.office.selection.views import changes, children, directives, entries, papers, points, rounds, runs, seats

urlpatterns = [
    path("", rounds.show_list, name="admissions"),
    path("preparation/", entries.preparation, name="admission-preparation"),
    path("<int:pk>/", rounds.show, name="admission-round"),
    path("<int:pk>/facilities/", entries.facility, name="admission-facility-entry"),
    path("<int:pk>/pools/", entries.pool, name="admission-pool-entry"),
    path("<int:pk>/households/", entries.household, name="admission-household-entry"),
    path("<int:pk>/applicants/", entries.child, name="admission-child-entry"),
    path("<int:pk>/opening/", rounds.opening, name="admission-opening"),
    path("<int:pk>/closing/", rounds.closing, name="admission-closing"),
    path("<int:pk>/scores/", rounds.scores, name="admission-scores"),
    path("<int:pk>/fixation/", rounds.fixation, name="admission-fixation"),
    path("<int:pk>/reopening/", rounds.reopening, name="admission-reopening"),
    path("<int:pk>/notification/", rounds.notification, name="admission-notification"),
    path("<int:pk>/points/", points.show, name="admission-points"),
    path("<int:pk>/points/signature/", points.signature, name="admission-signature"),
    path("<int:pk>/seats/", seats.show, name="admission-seats"),
    path("<int:pk>/seats/<int:pool>/", seats.pool, name="admission-pool"),
    path("<int:pk>/seats/<int:pool>/report/", seats.report, name="admission-seat-report"),
    path("<int:pk>/seats/<int:pool>/reason/", seats.reason, name="admission-seat-reason"),
    path("<int:pk>/children/", children.show_list, name="admission-children"),
    path("<int:pk>/children/<slug:number>/", children.show, name="admission-child"),
    path("<int:pk>/children/<slug:number>/fact/", children.fact, name="admission-fact"),
    path("<int:pk>/children/<slug:number>/recount/", children.recount, name="admission-recount"),
    path("<int:pk>/papers/", papers.show, name="admission-papers"),
    path("<int:pk>/papers/entry/", papers.entry, name="admission-paper-entry"),
    path("<int:pk>/papers/<int:paper>/outcome/", papers.outcome, name="admission-paper-outcome"),
    path("<int:pk>/directives/", directives.show, name="admission-directives"),
    path("<int:pk>/directives/registration/", directives.registration, name="admission-directive-registration"),
    path("<int:pk>/directives/<int:directive>/", directives.reading, name="admission-directive"),
    path("<int:pk>/directives/<int:directive>/approval/", directives.approval, name="admission-directive-approval"),
    path(
        "<int:pk>/directives/<int:directive>/withdrawal/", directives.withdrawal, name="admission-directive-withdrawal"
    ),
    path("<int:pk>/what-if/", changes.what_if, name="admission-what-if"),
    path("<int:pk>/replay/", changes.replay, name="admission-replay"),
    path("<int:pk>/replay/cause/", changes.cause, name="admission-replay-cause"),
    path("<int:pk>/corrections/", changes.corrections, name="admission-corrections"),
    path("<int:pk>/corrections/<int:correction>/", changes.correction, name="admission-correction"),
    path(
        "<int:pk>/corrections/<int:correction>/confirmation/",
        changes.confirmation,
        name="admission-correction-confirmation",
    ),
    path("<int:pk>/runs/request/", runs.request_run, name="admission-run-request"),
    path("<int:pk>/runs/<int:number>/", runs.show, name="admission-run"),
    path("<int:pk>/runs/<int:number>/bundle/", runs.bundle, name="admission-run-bundle"),
    path("<int:pk>/runs/<int:number>/proposal/", runs.proposal, name="admission-run-proposal"),
]
