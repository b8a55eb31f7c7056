"""URLs of visits, one booking, halls, draws and one's own bookings."""

from django.urls import path

from todoke.portal.bookings.views import bookings, facilities, lotteries, visits

urlpatterns = [
    path("visits/", visits.show_list, name="visits"),
    path("visits/<slug:code>/", visits.show, name="visit"),
    path("visits/<slug:code>/booking/", visits.booking, name="visit-booking"),
    path("bookings/", bookings.mine, name="my-bookings"),
    path("bookings/check/<str:number>/", bookings.check, name="booking-check"),
    path("bookings/offers/<serial:pk>/", bookings.offer, name="booking-offer"),
    path("bookings/<str:token>/", bookings.show, name="booking"),
    path("bookings/<str:token>/confirmation/", bookings.confirmation, name="booking-confirmation"),
    path("bookings/<str:token>/cancellation/", bookings.cancellation, name="booking-cancellation"),
    path("bookings/<str:token>/calendar/", bookings.calendar, name="booking-calendar"),
    path("bookings/<str:token>/permit/", bookings.permit, name="booking-permit"),
    path("facilities/", facilities.show_list, name="facilities"),
    path("facilities/<slug:code>/", facilities.show, name="facility"),
    path("facilities/<slug:code>/booking/", facilities.booking, name="facility-booking"),
    path("lotteries/", lotteries.show_list, name="lotteries"),
    path("lotteries/<str:number>/", lotteries.show, name="lottery"),
    path("lotteries/<str:number>/entry/", lotteries.entry, name="lottery-entry"),
    path("lotteries/<str:number>/file/", lotteries.file, name="lottery-file"),
]
