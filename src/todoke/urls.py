"""The first segment of an address is a face; the portal owns the root.

``payments/notices/`` is where providers of older installations send their webhooks; new ones are given the address
below ``api/``, and both lead to the same view.
"""

from django.urls import include, path

from todoke.runtime.rooms import rooms

urlpatterns = [
    path("accounts/", include("todoke.portal.urls.sign_out")),
    path("accounts/", include("allauth.urls")),
    path("language/", include("django.conf.urls.i18n")),
    *(path(f"{room.segment}/", include(f"{room.name}.urls")) for room in rooms() if room.segment),
    path("payments/notices/", include("todoke.api.urls.payment_webhooks")),
    path("", include("todoke.portal.urls")),
    path("", include("allauth.idp.urls")),
]
