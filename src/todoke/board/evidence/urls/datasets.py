"""/board/datasets/ and checks/: what is published as open data, and the check of a file before."""

from django.urls import path

from todoke.board.evidence.views import datasets

urlpatterns = [
    path("datasets/", datasets.index, name="datasets"),
    path("datasets/registration/", datasets.registration, name="datasets-registration"),
    path("datasets/<slug:slug>/", datasets.show, name="dataset"),
    path("datasets/<slug:slug>/checking/", datasets.checking, name="dataset-checking"),
    path("datasets/<slug:slug>/correction/", datasets.correction, name="dataset-correction"),
    path("checks/<slug:token>/", datasets.check, name="check"),
    path("checks/<slug:token>/file/", datasets.file, name="check-file"),
    path("checks/<slug:token>/repair/", datasets.repair, name="check-repair"),
    path("checks/<slug:token>/confirmation/", datasets.confirmation, name="check-confirmation"),
    path("checks/<slug:token>/approval/", datasets.approval, name="check-approval"),
    path("checks/<slug:token>/publication/", datasets.publication, name="check-publication"),
]
