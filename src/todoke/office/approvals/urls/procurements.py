"""/office/procurements/: purchases and their approval."""

from django.urls import path

from todoke.office.approvals.views import procurements

urlpatterns = [
    path("", procurements.index, name="procurements"),
    path("new/", procurements.new, name="procurement-new"),
    path("<str:number>/", procurements.show, name="procurement"),
    path("<str:number>/correction/", procurements.correction, name="procurement-correction"),
    path("<str:number>/proposal/", procurements.proposal, name="procurement-proposal"),
    path("<str:number>/contract/", procurements.contract, name="procurement-contract"),
]
