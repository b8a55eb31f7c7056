"""/office/answer-imports/: tables of answers from elsewhere."""

from django.urls import path

from todoke.office.answers.views import answer_imports

urlpatterns = [
    path("", answer_imports.show_list, name="answer-imports"),
    path("<str:token>/", answer_imports.show, name="answer-import"),
    path("<str:token>/columns/", answer_imports.columns, name="answer-import-columns"),
    path("<str:token>/cases/", answer_imports.cases, name="answer-import-cases"),
    path("<str:token>/cancellation/", answer_imports.cancellation, name="answer-import-cancellation"),
]
