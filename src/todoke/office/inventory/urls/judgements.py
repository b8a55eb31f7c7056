"""URLs of judgements, duplicate candidates, and the comparison of years."""

from django.urls import path, re_path

from todoke.office.inventory.views import duplicates, judgements, years

P = r"P-\d{6}"
urlpatterns = [
    path("judgements/", judgements.show_list, name="judgements"),
    re_path(rf"^judgements/addition/(?P<number>{P})/$", judgements.addition, name="judgement-addition"),
    path("resemblances/", duplicates.show_list, name="resemblances"),
    path("resemblances/search/", duplicates.search, name="resemblances-search"),
    re_path(rf"^resemblances/(?P<first>{P})/(?P<second>{P})/verdict/$", duplicates.verdict, name="resemblance-verdict"),
    path("years/", years.show, name="years"),
]
