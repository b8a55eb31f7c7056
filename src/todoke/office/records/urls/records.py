"""/office/records/: records, disclosure and disposal."""

from django.urls import path

from todoke.office.records.views import records

urlpatterns = [
    path("", records.index, name="records"),
    path("export/", records.export, name="records-export"),
    path("disposals/", records.disposals, name="records-disposals"),
    path("disposal/", records.disposal, name="records-disposal"),
    path("disposals/<str:code>/carrying-out/", records.carrying_out, name="disposal-carrying-out"),
    path("<str:number>/", records.show, name="record"),
    path("<str:number>/hold/", records.hold, name="record-hold"),
    path("<str:number>/lifting/", records.lifting, name="record-lifting"),
    path("<str:number>/extension/", records.extension, name="record-extension"),
    path("<str:number>/passages/items/", records.items, name="record-items"),
    path("<str:number>/passages/taking-back/", records.taking_back, name="record-taking-back"),
    path("<str:number>/passage/", records.passage, name="record-passage"),
    path("<str:number>/disclosure/", records.disclosure, name="record-disclosure"),
]
