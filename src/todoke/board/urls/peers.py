"""他自治体の住所."""

from django.urls import path

from todoke.board.views import peers

urlpatterns = [
    path("peers/", peers.index, name="peers"),
    path("peers/taking/", peers.taking, name="peers-taking"),
]
