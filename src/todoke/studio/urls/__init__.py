"""Addresses of this face: the segment is the noun, and the noun is the view module."""

from django.urls import path

from todoke.studio.urls import gallery
from todoke.studio.views import home

app_name = "studio"
urlpatterns = [
    path("", home.show, name="home"),
    *gallery.urlpatterns,
]
