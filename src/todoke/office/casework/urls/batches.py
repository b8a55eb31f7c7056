"""/office/batches/: letters printed and mailed together."""

from django.urls import path, re_path

from todoke.office.casework.views import batches

urlpatterns = [
    path("", batches.index, name="batches"),
    path("export/", batches.export, name="batches-export"),
    path("list/", batches.show_list, name="batch-list"),
    path("printing/", batches.printing, name="batch-printing"),
    path("<str:token>/", batches.show, name="batch"),
    path("<str:token>/leaving-out/", batches.leaving_out, name="batch-leaving-out"),
    path("<str:token>/posting/", batches.posting_, name="batch-posting"),
    re_path(r"^(?P<token>\w+)/(?P<sheet>letters|addresses)/file/$", batches.document, name="batch-file"),
]
