"""計画と指標の住所."""

from django.urls import path

from todoke.board.views import plans, structures

urlpatterns = [
    path("plans/", plans.index, name="plans"),
    path("plans/<slug:code>/", plans.show, name="plan"),
    path("plans/<slug:code>/summary/", plans.summing, name="plan-summary"),
    path("plans/<slug:code>/structure/", structures.structure, name="plan-structure"),
    path("plans/<slug:code>/successor/", structures.successor, name="plan-successor"),
    path("plans/<slug:code>/milestones/<slug:row_key>/reaching/", structures.reaching, name="milestone-reaching"),
    path("plans/<slug:code>/publication/", plans.publication, name="plan-publication"),
    path("plans/<slug:code>/closing/", plans.closing, name="plan-closing"),
    path("indicators/<slug:code>/", plans.indicator, name="indicator"),
    path("indicators/<slug:code>/report/", plans.report, name="indicator-report"),
    path("indicators/<slug:code>/figure/", plans.figure, name="indicator-figure"),
    path("cards/", plans.cards, name="cards"),
]
