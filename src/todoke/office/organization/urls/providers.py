"""/office/providers/: identity providers, groups, and staff who came by them."""

from django.urls import path

from todoke.office.organization.views import providers

urlpatterns = [
    path("", providers.index, name="providers"),
    path("registration/", providers.registration, name="provider-registration"),
    path("<slug:slug>/", providers.show, name="provider"),
    path("<slug:slug>/change/", providers.change, name="provider-change"),
    path("<slug:slug>/connection/", providers.connection, name="provider-connection"),
    path("<slug:slug>/suspension/", providers.suspension, name="provider-suspension"),
    path("<slug:slug>/resumption/", providers.resumption, name="provider-resumption"),
    path("<slug:slug>/mapping/", providers.mapping, name="group-mapping"),
    path("<slug:slug>/mapping/<int:pk>/removal/", providers.mapping_removal, name="group-mapping-removal"),
    path("<slug:slug>/differences/", providers.differences, name="group-differences"),
    path("<slug:slug>/arrivals/<int:pk>/joining/", providers.joining, name="arrival-joining"),
    path("<slug:slug>/arrivals/<int:pk>/dismissal/", providers.dismissal, name="arrival-dismissal"),
    path("<slug:slug>/links/<int:pk>/withdrawal/", providers.withdrawal, name="link-withdrawal"),
]
