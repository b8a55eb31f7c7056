"""URLs of messages about a case, and of opinions of other departments."""

from django.urls import path

from todoke.office.correspondence.views import messages

urlpatterns = [
    path("cases/<str:number>/message/", messages.message, name="case-message"),
    path("cases/<str:number>/opinion/", messages.opinion, name="case-opinion"),
    path("opinions/", messages.index, name="opinions"),
    path("opinions/export/", messages.export, name="opinions-export"),
    path("opinions/<str:token>/", messages.show, name="opinion"),
    path("opinions/<str:token>/answer/", messages.answer, name="opinion-answer"),
    path("opinions/<str:token>/cancellation/", messages.cancellation, name="opinion-cancellation"),
]
