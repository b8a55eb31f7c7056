"""/office/proposals/: what waits to be decided."""

from django.urls import path

from todoke.office.approvals.views import proposals

urlpatterns = [
    path("", proposals.index, name="proposals"),
    path("export/", proposals.export, name="proposals-export"),
    path("batch/", proposals.batch, name="proposals-batch"),
    path("batch/approval/", proposals.batch_approval, name="proposals-batch-approval"),
    path("<str:number>/", proposals.show, name="proposal"),
    path("<str:number>/document/", proposals.document, name="proposal-document"),
    path("<str:number>/uploads/<str:token>/", proposals.paper, name="proposal-paper"),
    path("<str:number>/approval/", proposals.approval, name="proposal-approval"),
    path("<str:number>/absence/", proposals.absence, name="proposal-absence"),
    path("<str:number>/return/", proposals.return_, name="proposal-return"),
    path("<str:number>/rejection/", proposals.rejection, name="proposal-rejection"),
    path("<str:number>/taking-back/", proposals.taking_back, name="proposal-taking-back"),
    path("<str:number>/dropping/", proposals.dropping, name="proposal-dropping"),
    path("<str:number>/reading/", proposals.reading, name="proposal-reading"),
    path("<str:number>/after-reading/", proposals.after_reading, name="proposal-after-reading"),
]
