"""/office/parcels/: what is carried over a border without a network."""

from django.urls import path

from todoke.office.partners.views import handover_lines, parcels

urlpatterns = [
    path("", parcels.show_list, name="parcels"),
    path("lines/<slug:code>/", handover_lines.show, name="handover-line"),
    path("lines/<slug:code>/registration/", handover_lines.registration, name="handover-line-registration"),
    path("lines/<slug:code>/dispatch/", parcels.dispatch, name="parcel-dispatch"),
    path("lines/<slug:code>/arrival/", parcels.arrival, name="parcel-arrival"),
    path("<str:token>/", parcels.show, name="parcel"),
    path("<str:token>/file/", parcels.file, name="parcel-file"),
    path("<str:token>/receipt/", parcels.receipt, name="parcel-receipt"),
    path("<str:token>/receipt/file/", parcels.receipt_file, name="parcel-receipt-file"),
    path("<str:token>/receipt/code/", parcels.receipt_code, name="parcel-receipt-code"),
    path("<str:token>/cancellation/", parcels.cancellation, name="parcel-cancellation"),
]
