"""/data/: the catalogue of published data for machines, its feeds and files; pages for people are the board's."""

from django.urls import path

from todoke.portal.site.views import open_data

urlpatterns = [
    path("data/", open_data.index, name="open-data"),
    path("data/catalog.jsonld", open_data.catalog, name="open-data-catalog"),
    path("data/feed.atom", open_data.atom, name="open-data-atom"),
    path("data/feed.rss", open_data.rss, name="open-data-rss"),
    path("data/list.csv", open_data.standard_list, name="open-data-list"),
    path("data/<slug:slug>.jsonld", open_data.dataset, name="open-data-set"),
    path("data/<slug:slug>/newest.<slug:kind>", open_data.newest, name="open-data-newest"),
    path("data/<slug:slug>/<slug:number>.<slug:kind>", open_data.file, name="open-data-file"),
]
