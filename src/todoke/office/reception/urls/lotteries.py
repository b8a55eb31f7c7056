"""/office/lotteries/: the draws of one's own halls, an announcement, entries by telephone and paper, the draw."""

from django.urls import path

from todoke.office.reception.views import lotteries

urlpatterns = [
    path("", lotteries.index, name="lotteries"),
    path("announcement/", lotteries.announcement, name="lotteries-announcement"),
    path("<str:number>/", lotteries.show, name="lottery"),
    path("<str:number>/entry/", lotteries.entry, name="lottery-entry"),
    path("<str:number>/draw/", lotteries.draw, name="lottery-draw"),
]
