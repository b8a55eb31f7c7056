"""様式の住所。"""

from django.urls import path

from todoke.studio.views import forms, manuals

urlpatterns = [
    path("forms/", forms.index, name="forms"),
    path("forms/library/", forms.library, name="form-library"),
    path("forms/addition/", forms.addition, name="form-addition"),
    path("forms/reading/", forms.reading, name="form-reading"),
    path("forms/survey/", forms.survey, name="form-survey"),
    path("forms/import/", forms.taking_in, name="form-import"),
    path("forms/<slug:code>/whole/", forms.whole, name="form-whole"),
    path("forms/<slug:code>/whole/edition/", forms.edition, name="form-whole-edition"),
    path("forms/<slug:code>/file/", forms.file, name="form-file"),
    path("forms/<slug:code>/manual/", manuals.show, name="form-manual"),
    path("forms/<slug:code>/paper/", forms.paper, name="form-paper"),
]
