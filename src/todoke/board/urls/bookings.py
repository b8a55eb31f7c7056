"""URLs of the figures of bookings."""

from django.urls import path

from todoke.board.views import bookings

urlpatterns = [
    path("", bookings.show, name="bookings"),
    path("<slug:code>/", bookings.hall, name="bookings-hall"),
]
