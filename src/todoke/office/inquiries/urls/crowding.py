"""/office/crowding/: reports on shelters and counters, with one thumb."""

from django.urls import path

from todoke.office.inquiries.views import crowding

urlpatterns = [
    path("", crowding.index, name="crowding"),
    path("<serial:number>/report/", crowding.report, name="crowding-report"),
    path("<serial:number>/opening/", crowding.opening, name="crowding-opening"),
    path("<serial:number>/closure/", crowding.closure, name="crowding-closure"),
]
