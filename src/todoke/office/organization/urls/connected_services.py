"""/office/services/: the city's services that take our sign-in."""

from django.urls import path

from todoke.office.organization.views import connected_services

urlpatterns = [
    path("", connected_services.index, name="services"),
    path("registration/", connected_services.registration, name="service-registration"),
    path("<str:client>/approval/", connected_services.approval, name="service-approval"),
    path("<str:client>/ending/", connected_services.ending, name="service-ending"),
]
