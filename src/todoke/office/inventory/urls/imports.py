"""URLs of imports."""

from django.urls import path

from todoke.office.inventory.views import import_aliases, imports

urlpatterns = [
    path("", imports.show_list, name="imports"),
    path("aliases/", import_aliases.show_list, name="import-aliases"),
    path("aliases/removal/", import_aliases.removal, name="import-alias-removal"),
    path("<slug:token>/", imports.show, name="import"),
    path("<slug:token>/matching/", import_aliases.matching, name="import-matching"),
    path("<slug:token>/writing/", imports.writing, name="import-writing"),
    path("<slug:token>/decisions/", imports.decisions, name="import-decisions"),
    path("<slug:token>/reversal/", imports.reversal, name="import-reversal"),
    path("<slug:token>/discard/", imports.discard, name="import-discard"),
    path("<slug:token>/defects/", imports.defects, name="import-defects"),
]
