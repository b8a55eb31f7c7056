"""The first segment of an address is a face; the portal owns the root."""

from django.urls import include, path

from todoke.runtime.rooms import rooms

urlpatterns = [
    path("accounts/", include("allauth.urls")),
    path("language/", include("django.conf.urls.i18n")),
    *(path(f"{room.segment}/", include(f"{room.name}.urls")) for room in rooms() if room.segment),
    path("", include("todoke.portal.urls")),
    path("", include("allauth.idp.urls")),
]
