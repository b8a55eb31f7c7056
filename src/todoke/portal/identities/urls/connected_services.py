"""URLs of つながっているサービス; those of the library stand behind them, and what is not offered is not there."""

from django.urls import path

from todoke.portal.identities.views import connected_services

urlpatterns = [
    path("identity/o/authorize", connected_services.authorize, name="service-authorization"),
    path("identity/o/api/token", connected_services.token, name="service-token"),
    path("identity/o/device", connected_services.absent, name="no-device-page"),
    path("identity/o/api/device/code", connected_services.absent, name="no-device-code"),
    path("identity/o/logout", connected_services.absent, name="no-service-logout"),
    path("me/services/", connected_services.show, name="services"),
    path("me/services/consent/", connected_services.consent, name="service-consent"),
    path("me/services/<str:client>/ending/", connected_services.ending, name="service-ending"),
]
