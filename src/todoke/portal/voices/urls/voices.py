"""URLs of お題 and of 声のゆくえ for everybody."""

from django.urls import path

from todoke.portal.voices.views import ideas, voices

urlpatterns = [
    path("ideas/", ideas.show_list, name="ideas"),
    path("ideas/policy/", ideas.policy, name="idea-policy"),
    path("ideas/mine/<slug:token>/", ideas.mine, name="my-idea"),
    path("ideas/<int:pk>/", ideas.show, name="challenge"),
    path("ideas/<int:pk>/entry/", ideas.entry, name="idea-entry"),
    path("ideas/<int:pk>/<int:idea>/photo/", ideas.photo, name="idea-photo"),
    path("ideas/<int:pk>/<int:idea>/support/", ideas.support, name="idea-support"),
    path("voices/", voices.show_list, name="voices"),
    path("voices/<slug:kind>/<int:pk>/", voices.show, name="voice"),
]
