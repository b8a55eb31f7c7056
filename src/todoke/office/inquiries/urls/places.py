"""/office/places/: places and the days on which they are closed beside their rules."""

from django.urls import path

from todoke.office.inquiries.views import places

urlpatterns = [
    path("", places.index, name="places"),
    path("closures/<serial:number>/withdrawal/", places.withdrawal, name="place-closure-withdrawal"),
    path("<str:code>/", places.show, name="place"),
    path("<str:code>/closure/", places.closure, name="place-closure"),
]
