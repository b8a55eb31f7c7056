"""/office/bookings/: the day sheet, one booking with what can be done, entries by telephone, holds by staff."""

from django.urls import path

from todoke.office.reception.views import booking_entries, bookings

urlpatterns = [
    path("", bookings.index, name="bookings"),
    path("visit/", booking_entries.visit, name="bookings-visit"),
    path("use/", booking_entries.use, name="bookings-use"),
    path("hold/", booking_entries.hold, name="bookings-hold"),
    path("<str:number>/", bookings.show, name="booking"),
    path("<str:number>/arrival/", bookings.arrival, name="booking-arrival"),
    path("<str:number>/absence/", bookings.absence, name="booking-absence"),
    path("<str:number>/calling-off/", bookings.calling_off, name="booking-calling-off"),
]
