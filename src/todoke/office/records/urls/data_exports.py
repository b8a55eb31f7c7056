"""/office/data-exports/: what was taken away, and by whom."""

from django.urls import path

from todoke.office.records.views import data_exports

urlpatterns = [
    path("", data_exports.index, name="data-exports"),
    path("export/", data_exports.export, name="data-exports-export"),
]
