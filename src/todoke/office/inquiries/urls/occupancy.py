"""/office/crowding/: reports on shelters and counters, with one thumb."""

from django.urls import path

from todoke.office.inquiries.views import occupancy

urlpatterns = [
    path("", occupancy.index, name="crowding"),
    path("<serial:number>/report/", occupancy.report, name="crowding-report"),
    path("<serial:number>/opening/", occupancy.opening, name="crowding-opening"),
    path("<serial:number>/closure/", occupancy.closure, name="crowding-closure"),
]
