"""/office/classifications/: the classification table, its versions, and the draft of the next."""

from django.urls import path

from todoke.office.records.views import classifications

urlpatterns = [
    path("", classifications.index, name="classifications"),
    path("versions/<serial:number>/", classifications.table, name="classification-table"),
    path("versions/<serial:number>/export/", classifications.export, name="classifications-export"),
    path("drafting/", classifications.drafting, name="classification-drafting"),
    path("draft/", classifications.draft, name="classification-draft"),
    path("draft/addition/", classifications.addition, name="classification-addition"),
    path("draft/discarding/", classifications.discarding, name="classification-draft-discarding"),
    path("draft/publication/", classifications.publication, name="classification-publication"),
    path("draft/lines/", classifications.new, name="classification-new"),
    path("draft/lines/<slug:code>/", classifications.line, name="classification-line"),
    path("draft/lines/<slug:code>/entry/", classifications.entry, name="classification-entry"),
    path("draft/lines/<slug:code>/removal/", classifications.removal, name="classification-removal"),
]
