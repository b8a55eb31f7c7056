"""URLs of 混雑."""

from django.urls import path

from todoke.portal.inquiries.views import occupancy

urlpatterns = [path("crowding/", occupancy.show, name="crowding")]
