"""/board/automations/: the register of automations, and what each does."""

from django.urls import path

from todoke.board.automations.views import automations, measures, runs

CODE = "automations/<slug:code>"

urlpatterns = [
    path("automations/", automations.index, name="automations"),
    path("automations/registration/", automations.registration, name="automations-registration"),
    path("automations/missed/", runs.missed, name="missed-runs"),
    path(f"{CODE}/", automations.show, name="automation"),
    path(f"{CODE}/trial/", automations.trial, name="automation-trial"),
    path(f"{CODE}/start/", automations.start, name="automation-start"),
    path(f"{CODE}/stop/", automations.stop, name="automation-stop"),
    path(f"{CODE}/retirement/", automations.retirement, name="automation-retirement"),
    path(f"{CODE}/baseline/", measures.baseline, name="automation-baseline"),
    path(f"{CODE}/upkeep/", measures.upkeep, name="automation-upkeep"),
    path(f"{CODE}/review/", measures.review, name="automation-review"),
    path(f"{CODE}/shape/", measures.shape, name="automation-shape"),
    path(f"{CODE}/shapes/<serial:version>/approval/", measures.approval, name="automation-shape-approval"),
    path(f"{CODE}/shapes/<serial:version>/confirmation/", measures.confirmation, name="automation-shape-confirmation"),
    path(f"{CODE}/runs/", runs.index, name="automation-runs"),
    path(f"{CODE}/run/", runs.run, name="automation-run"),
]
