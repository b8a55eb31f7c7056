"""URLs of お題, and of the links from voices to what they led to."""

from django.urls import path

from todoke.office.voices.views import challenges, voice_links

ONE = "challenges/<int:pk>/ideas/<int:idea>/"
urlpatterns = [
    path("challenges/", challenges.show_list, name="challenges"),
    path("challenges/preparation/", challenges.preparation, name="challenge-preparation"),
    path("challenges/<int:pk>/", challenges.show, name="challenge"),
    path("challenges/<int:pk>/entry/", challenges.entry, name="challenge-entry"),
    path("challenges/<int:pk>/ending/", challenges.ending, name="challenge-ending"),
    path(ONE, challenges.idea, name="challenge-idea"),
    path(f"{ONE}photo/", challenges.photo, name="challenge-idea-photo"),
    path(f"{ONE}appearance/", challenges.appearance, name="challenge-idea-appearance"),
    path(f"{ONE}hiding/", challenges.hiding, name="challenge-idea-hiding"),
    path(f"{ONE}restoration/", challenges.restoration, name="challenge-idea-restoration"),
    path(f"{ONE}feedback/", challenges.feedback, name="challenge-idea-feedback"),
    path("voice-links/<slug:kind>/<int:pk>/", voice_links.show, name="voice-link"),
]
