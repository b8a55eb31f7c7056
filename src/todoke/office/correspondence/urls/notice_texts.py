"""/office/notice-texts/: the words of notices."""

from django.urls import path

from todoke.office.correspondence.views import notice_texts

urlpatterns = [
    path("", notice_texts.index, name="notice-texts"),
    path("<slug:code>/", notice_texts.show, name="notice-text"),
]
