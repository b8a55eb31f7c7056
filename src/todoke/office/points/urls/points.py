"""/office/points/: programmes, grants, cards, shops and settlements."""

from django.urls import path

from todoke.office.points.views import cards, letters, merchants, programs, settlements

GRANT = "<slug:code>/grants/<str:number>"

urlpatterns = [
    path("", programs.index, name="points"),
    path("addition/", programs.add, name="points-addition"),
    path("merchants/", merchants.index, name="merchants"),
    path("merchants/<str:number>/", merchants.show, name="merchant"),
    path("merchants/<str:number>/approval/", merchants.approval, name="merchant-approval"),
    path("merchants/<str:number>/suspension/", merchants.suspension, name="merchant-suspension"),
    path("merchants/<str:number>/end/", merchants.end, name="merchant-end"),
    path("merchants/<str:number>/alerts/<int:pk>/finding/", merchants.finding, name="merchant-alert-finding"),
    path("settlements/", settlements.index, name="settlements"),
    path("settlements/run/", settlements.run, name="settlements-run"),
    path("settlements/transfer/", settlements.transfer, name="settlements-transfer"),
    path("settlements/checks/", settlements.check_all, name="settlements-check"),
    path("settlements/proposal/", settlements.proposal, name="settlements-proposal"),
    path("settlements/fee-rules/", settlements.fee_rules, name="settlement-fees"),
    path("settlements/fee-rules/registration/", settlements.fee_rule, name="settlement-fee-registration"),
    path("settlements/<str:number>/", settlements.show, name="settlement"),
    path("settlements/<str:number>/check/", settlements.check, name="settlement-check"),
    path("settlements/<str:number>/payment/", settlements.payment, name="settlement-payment"),
    path("<slug:code>/", programs.show, name="points-program"),
    path("<slug:code>/publication/", programs.publication, name="points-publication"),
    path("<slug:code>/exclusions/", letters.exclusions, name="points-exclusions"),
    path("<slug:code>/letters/", letters.letters, name="points-letters"),
    path("<slug:code>/people/", programs.people, name="points-people"),
    path("<slug:code>/people/cancellation/", letters.cancellation, name="points-people-cancellation"),
    path("<slug:code>/grant/", programs.grant, name="points-grant"),
    path("<slug:code>/end/", programs.end, name="points-end"),
    path(f"{GRANT}/", programs.grant_page, name="points-grant-page"),
    path(f"{GRANT}/cancellation/", programs.cancellation, name="points-grant-cancellation"),
    path(f"{GRANT}/card/", cards.issue, name="points-card"),
    path(f"{GRANT}/card/replacement/", cards.replacement, name="points-card-replacement"),
    path(f"{GRANT}/card/pin/", cards.pin, name="points-card-pin"),
    path(f"{GRANT}/block/", cards.block, name="points-block"),
    path(f"{GRANT}/unblock/", cards.unblock, name="points-unblock"),
]
