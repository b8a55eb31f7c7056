"""URLs of imports."""

from django.urls import path

from todoke.office.inventory.views import imports

urlpatterns = [
    path("", imports.show_list, name="imports"),
    path("<slug:token>/", imports.show, name="import"),
    path("<slug:token>/writing/", imports.writing, name="import-writing"),
    path("<slug:token>/discard/", imports.discard, name="import-discard"),
    path("<slug:token>/defects/", imports.defects, name="import-defects"),
]
