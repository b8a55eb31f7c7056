"""URLs of judgements, duplicate candidates, and the comparison of years."""

from django.urls import path, re_path

from todoke.office.inventory.views import duplicates, judgements, years

P = r"P-\d{6}"
urlpatterns = [
    path("judgements/", judgements.show_list, name="judgements"),
    re_path(rf"^judgements/addition/(?P<number>{P})/$", judgements.addition, name="judgement-addition"),
    path("duplicates/", duplicates.show_list, name="duplicates"),
    path("duplicates/search/", duplicates.search, name="duplicates-search"),
    re_path(rf"^duplicates/(?P<first>{P})/(?P<second>{P})/verdict/$", duplicates.verdict, name="duplicate-verdict"),
    path("years/", years.show, name="years"),
]
