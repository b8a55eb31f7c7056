"""Addresses of conversations: messages about a case, and opinions asked of other departments."""

from django.urls import path

from todoke.office.views import conversations

urlpatterns = [
    path("cases/<str:number>/message/", conversations.message, name="case-message"),
    path("cases/<str:number>/opinion/", conversations.opinion, name="case-opinion"),
    path("opinions/", conversations.index, name="opinions"),
    path("opinions/export/", conversations.export, name="opinions-export"),
    path("opinions/<str:token>/", conversations.show, name="opinion"),
    path("opinions/<str:token>/answer/", conversations.answer, name="opinion-answer"),
    path("opinions/<str:token>/cancellation/", conversations.cancellation, name="opinion-cancellation"),
]
