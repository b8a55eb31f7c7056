"""/me/points/ and /shops/: a resident's points, and a shop's day."""

from django.urls import path

from todoke.portal.points.views import points, shops

urlpatterns = [
    path("me/points/", points.show, name="points"),
    path("me/points/claim/", points.claim, name="points-claim"),
    path("me/points/code/", points.code, name="points-code"),
    path("shops/", shops.index, name="shops"),
    path("shops/application/", shops.application, name="shop-application"),
    path("shops/<str:number>/", shops.show, name="shop"),
    path("shops/<str:number>/uses/<str:use>/cancellation/", shops.cancellation, name="shop-cancellation"),
]
