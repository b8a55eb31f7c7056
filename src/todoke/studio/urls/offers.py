"""/studio/offers/: what residents can apply for."""

from django.urls import path

from todoke.studio.views import offers

urlpatterns = [
    path("offers/", offers.index, name="offers"),
    path("offers/addition/", offers.addition, name="offer-addition"),
    path("offers/<slug:code>/", offers.show, name="offer"),
    path("offers/<slug:code>/terms/", offers.terms, name="offer-terms"),
    path("offers/<slug:code>/terms/edition/", offers.terms_edition, name="offer-terms-edition"),
    path("offers/<slug:code>/letters/<slug:kind>/", offers.letter, name="offer-letter"),
    path("offers/<slug:code>/review/", offers.review, name="offer-review"),
    path("offers/<slug:code>/return/", offers.returning, name="offer-return"),
    path("offers/<slug:code>/release/", offers.release, name="offer-release"),
    path("offers/<slug:code>/words/", offers.words, name="offer-words"),
    path("offers/<slug:code>/schedule/", offers.schedule, name="offer-schedule"),
]
