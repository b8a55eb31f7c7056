"""The first segment of an address is a face; the portal owns the root."""

from django.urls import include, path

urlpatterns = [
    path("accounts/", include("allauth.urls")),
    path("language/", include("django.conf.urls.i18n")),
    path("office/", include("todoke.office.urls")),
    path("studio/", include("todoke.studio.urls")),
    path("board/", include("todoke.board.urls")),
    path("", include("todoke.portal.urls")),
]
