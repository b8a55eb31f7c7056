"""URLs of 混雑."""

from django.urls import path

from todoke.portal.inquiries.views import crowding

urlpatterns = [path("crowding/", crowding.show, name="crowding")]
