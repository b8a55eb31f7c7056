"""URLs of 場所: places with their opening hours and closures."""

from django.urls import path

from todoke.portal.inquiries.views import places

urlpatterns = [
    path("places/", places.index, name="places"),
    path("places/<str:code>/", places.show, name="place"),
]
