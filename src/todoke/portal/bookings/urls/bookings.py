"""URLs of visits, one booking, halls, draws, classes and one's own bookings."""

from django.urls import path

from todoke.portal.bookings.views import bookings, classes, facilities, help_sessions, lotteries, queues, visits

urlpatterns = [
    path("visits/", visits.show_list, name="visits"),
    path("visits/<slug:code>/", visits.show, name="visit"),
    path("visits/<slug:code>/booking/", visits.booking, name="visit-booking"),
    path("help-sessions/", help_sessions.show_list, name="help-sessions"),
    path("help-sessions/<slug:number>/", help_sessions.booking, name="help-session"),
    path("bookings/", bookings.mine, name="my-bookings"),
    path("bookings/check/<str:number>/", bookings.check, name="booking-check"),
    path("bookings/offers/<serial:pk>/", bookings.offer, name="booking-offer"),
    path("bookings/waits/<serial:pk>/withdrawal/", bookings.wait_withdrawal, name="booking-wait-withdrawal"),
    path("bookings/<str:token>/", bookings.show, name="booking"),
    path("bookings/<str:token>/move/", visits.move, name="booking-move"),
    path("bookings/<str:token>/confirmation/", bookings.confirmation, name="booking-confirmation"),
    path("bookings/<str:token>/cancellation/", bookings.cancellation, name="booking-cancellation"),
    path("bookings/<str:token>/calendar/", bookings.calendar, name="booking-calendar"),
    path("bookings/<str:token>/permit/", bookings.permit, name="booking-permit"),
    path("classes/", classes.show_list, name="classes"),
    path("classes/<slug:code>/", classes.enrolment, name="class"),
    path("enrolments/<str:token>/", classes.show, name="enrolment"),
    path("enrolments/<str:token>/confirmation/", classes.confirmation, name="enrolment-confirmation"),
    path("enrolments/<str:token>/withdrawal/", classes.withdrawal, name="enrolment-withdrawal"),
    path("staff-holds/", facilities.staff_holds, name="staff-holds"),
    path("facilities/", facilities.show_list, name="facilities"),
    path("facilities/<slug:code>/", facilities.show, name="facility"),
    path("facilities/<slug:code>/booking/", facilities.booking, name="facility-booking"),
    path("facilities/<slug:code>/waiting/", facilities.waiting, name="facility-waiting"),
    path("lotteries/", lotteries.show_list, name="lotteries"),
    path("lotteries/<str:number>/", lotteries.show, name="lottery"),
    path("lotteries/<str:number>/entry/", lotteries.entry, name="lottery-entry"),
    path("lotteries/<str:number>/file/", lotteries.file, name="lottery-file"),
    path("queues/", queues.show_list, name="queues"),
    path("queues/<slug:code>/ticket/", queues.ticket, name="queue-issue"),
    path("queues/<slug:code>/screen/", queues.screen, name="queue-screen"),
    path("tickets/<str:token>/", queues.show, name="queue-ticket"),
    path("tickets/<str:token>/leaving/", queues.leaving, name="queue-leaving"),
]
