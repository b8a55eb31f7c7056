"""様式の部分の住所。"""

from django.urls import path

from todoke.studio.views import question_bank
from todoke.studio.views.form_editor import form_history, form_parts

urlpatterns = [
    path("forms/<slug:code>/", form_parts.show, name="form"),
    path("forms/<slug:code>/pages/<str:page_id>/", form_parts.show, name="form-page"),
    path("forms/<slug:code>/parts/<str:part_id>/edition/", form_parts.edition, name="part-edition"),
    path("forms/<slug:code>/parts/<str:part_id>/preview/", form_parts.preview, name="part-preview"),
    path("forms/<slug:code>/parts/<str:part_id>/addition/", form_parts.addition, name="part-addition"),
    path("forms/<slug:code>/parts/<str:part_id>/move/", form_parts.move, name="part-move"),
    path("forms/<slug:code>/parts/<str:part_id>/deletion/", form_parts.deletion, name="part-deletion"),
    path("forms/<slug:code>/paper-reading/", form_history.paper_reading, name="form-paper-reading"),
    path("forms/<slug:code>/history/", form_history.show, name="form-history"),
    path("forms/<slug:code>/history/undoing/", form_history.undo, name="form-undo"),
    path("forms/<slug:code>/parts/<str:part_id>/lines/", question_bank.lines, name="question-lines"),
    path("forms/<slug:code>/parts/<str:part_id>/questions/", question_bank.bank, name="question-bank"),
    path("forms/<slug:code>/parts/<str:part_id>/questions/copy/", question_bank.copy, name="question-copy"),
    path("forms/<slug:code>/parts/<str:part_id>/removal/", form_parts.removal, name="part-removal"),
]
