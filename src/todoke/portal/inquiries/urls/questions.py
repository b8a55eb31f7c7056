"""URLs of 質問: a question in one's own words, and the answers of the sections."""

from django.urls import path

from todoke.portal.inquiries.views import questions

urlpatterns = [
    path("questions/", questions.index, name="questions"),
    path("questions/answer/", questions.answer, name="question-answer"),
    path("questions/<str:token>/", questions.show, name="question"),
    path("questions/<str:token>/judgements/<int:rank>/", questions.judgement, name="question-judgement"),
    path("questions/<str:token>/miss/", questions.miss, name="question-miss"),
    path("questions/<str:token>/contact/", questions.contact, name="question-contact"),
]
