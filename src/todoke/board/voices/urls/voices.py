"""URLs of 声."""

from django.urls import path

from todoke.board.voices.views import voices

urlpatterns = [
    path("voices/", voices.show, name="voices"),
    path("public/voices/", voices.council, name="council-voices"),
    path("public/voices/commitments/<str:number>/", voices.commitment, name="council-commitment"),
    path("public/voices/indicators/<slug:code>/", voices.indicator, name="council-indicator"),
]
