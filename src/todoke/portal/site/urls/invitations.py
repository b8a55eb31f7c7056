"""URLs of 職員の招待."""

from django.urls import path

from todoke.portal.site.views import invitations

urlpatterns = [
    path("invitations/<str:secret>/", invitations.show, name="invitation"),
    path("invitations/<str:secret>/acceptance/", invitations.acceptance, name="invitation-acceptance"),
]
