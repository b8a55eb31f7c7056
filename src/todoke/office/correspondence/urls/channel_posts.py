"""/office/line/: public texts for LINE, and the decision that opens it."""

from django.urls import path

from todoke.office.correspondence.views import channel_posts

urlpatterns = [
    path("", channel_posts.index, name="channel-posts"),
    path("addition/", channel_posts.addition, name="channel-post-addition"),
    path("opening/", channel_posts.opening, name="channel-opening"),
    path("closure/", channel_posts.closure, name="channel-closure"),
    path("<serial:number>/", channel_posts.show, name="channel-post"),
    path("<serial:number>/release/", channel_posts.release, name="channel-post-release"),
    path("<serial:number>/discarding/", channel_posts.discarding, name="channel-post-discarding"),
]
