"""/board/tables/, charts/ and dashboards/: what is seen in a table, named and shared."""

from django.urls import path

from todoke.board.evidence.views import charts, dashboards, tables

urlpatterns = [
    path("tables/", tables.index, name="tables"),
    path("tables/reading/", tables.reading, name="tables-reading"),
    path("tables/<slug:token>/", tables.show, name="table"),
    path("tables/<slug:token>/naming/", tables.naming, name="table-naming"),
    path("tables/<slug:token>/erasure/", tables.erasure, name="table-erasure"),
    path("charts/", charts.index, name="charts"),
    path("charts/<slug:token>/", charts.show, name="chart"),
    path("charts/<slug:token>/export/", charts.export, name="chart-export"),
    path("charts/<slug:token>/sharing/", charts.sharing, name="chart-sharing"),
    path("dashboards/", dashboards.index, name="dashboards"),
    path("dashboards/<slug:token>/", dashboards.show, name="dashboard"),
    path("dashboards/<slug:token>/<slug:chart>/removal/", dashboards.removal, name="dashboard-removal"),
]
