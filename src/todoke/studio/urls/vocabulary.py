"""/studio/words/: synonyms, plain names and referrals."""

from django.urls import path

from todoke.studio.views import vocabulary

urlpatterns = [
    path("words/synonyms/", vocabulary.synonyms, name="synonyms"),
    path("words/plain-names/", vocabulary.plain_names, name="plain-names"),
    path("words/referrals/", vocabulary.referrals, name="referrals"),
    path("words/<slug:kind>/addition/", vocabulary.entry, name="word-addition"),
    path("words/<slug:kind>/<serial:number>/", vocabulary.entry, name="word"),
    path("words/<slug:kind>/<serial:number>/removal/", vocabulary.removal, name="word-removal"),
]
