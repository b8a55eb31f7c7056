"""/office/answers/ and /office/answer-exports/: answers as a table, and the files made of it."""

from django.urls import path

from todoke.office.answers.views import answer_exports, answers, case_sheets

urlpatterns = [
    path("answers/", answers.show_forms, name="answer-forms"),
    path("answers/<slug:code>/", answers.show, name="answers"),
    path("answers/<slug:code>/counts/", answers.show_counts, name="answer-counts"),
    path("answers/<slug:code>/counts/export/", answers.begin_count, name="answer-counts-export"),
    path("answers/<slug:code>/export/", answer_exports.begin, name="answers-export"),
    path("answer-exports/", answer_exports.show_list, name="answer-exports"),
    path("answer-exports/<str:token>/", answer_exports.show, name="answer-export"),
    path("answer-exports/<str:token>/file/", answer_exports.file, name="answer-export-file"),
    path("answer-exports/<str:token>/cancellation/", answer_exports.cancellation, name="answer-export-cancellation"),
    path("answer-exports/<str:token>/removal/", answer_exports.removal, name="answer-export-removal"),
    path("cases/<str:number>/sheet/", case_sheets.document, name="case-sheet"),
]
