"""URLs of the inventory rounds."""

from django.urls import path

from todoke.office.inventory.views import rounds

urlpatterns = [
    path("", rounds.show_list, name="rounds"),
    path("<slug:code>/", rounds.show, name="round"),
    path("<slug:code>/progress/", rounds.progress_table, name="round-progress"),
    path("<slug:code>/reminder/", rounds.reminder, name="round-reminder"),
    path("<slug:code>/<slug:section>/", rounds.sheet, name="round-sheet"),
    path("<slug:code>/<slug:section>/workbook/", rounds.workbook, name="round-workbook"),
    path("<slug:code>/<slug:section>/merge/", rounds.merge, name="round-merge"),
    path("<slug:code>/<slug:section>/confirmation/", rounds.confirmation, name="round-confirmation"),
    path("<slug:code>/<slug:section>/settlement/", rounds.settlement, name="round-settlement"),
    path("<slug:code>/<slug:section>/returning/", rounds.returning, name="round-returning"),
]
