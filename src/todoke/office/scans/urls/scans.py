"""/office/scans/: batches of scanned sheets, the checking of their fields, and the figures."""

from django.urls import path

from todoke.office.scans.views import scan_applications, scan_figures, scan_sheets, scans

urlpatterns = [
    path("", scans.index, name="scans"),
    path("entry/", scans.entry, name="scan-entry"),
    path("figures/", scan_figures.show, name="scan-figures"),
    path("sheets/<str:sheet>/image/", scan_sheets.image, name="scan-image"),
    path("sheets/<str:sheet>/corners/", scan_sheets.corners, name="scan-sheet-corners"),
    path("sheets/<str:sheet>/removal/", scan_sheets.removal, name="scan-sheet-removal"),
    path("sheets/<str:sheet>/place/", scan_sheets.place, name="scan-sheet-place"),
    path("<str:token>/", scans.show, name="scan"),
    path("<str:token>/sheets/", scan_sheets.addition, name="scan-sheets"),
    path("<str:token>/count/", scans.count, name="scan-count"),
    path("<str:token>/reading/", scans.reading, name="scan-reading"),
    path("<str:token>/reading-stop/", scans.reading_stop, name="scan-reading-stop"),
    path("<str:token>/checking/", scans.checking, name="scan-checking"),
    path("<str:token>/completion/", scans.completion, name="scan-completion"),
    path("<str:token>/applications/<int:application>/", scan_applications.show, name="scan-application"),
    path(
        "<str:token>/applications/<int:application>/verification/",
        scan_applications.verification,
        name="scan-verification",
    ),
    path("<str:token>/applications/<int:application>/receipt/", scan_applications.receipt, name="scan-receipt"),
]
