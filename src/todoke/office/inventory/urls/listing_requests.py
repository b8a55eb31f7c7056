"""URLs of procedures that are added to the inventory or asked for."""

from django.urls import path

from todoke.office.inventory.views import listing_requests

urlpatterns = [
    path("", listing_requests.show_list, name="listing-requests"),
    path("addition/", listing_requests.addition, name="listing-request-addition"),
    path("<slug:token>/", listing_requests.show, name="listing-request"),
    path("<slug:token>/acceptance/", listing_requests.acceptance, name="listing-request-acceptance"),
    path("<slug:token>/refusal/", listing_requests.refusal, name="listing-request-refusal"),
]
