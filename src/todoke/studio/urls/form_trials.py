"""試し申請の住所。"""

from django.urls import path

from todoke.studio.views.form_editor import form_trials

urlpatterns = [
    path("forms/<slug:code>/trial/", form_trials.show, name="trial"),
    path("forms/<slug:code>/trial/samples/", form_trials.samples, name="trial-samples"),
    path("forms/<slug:code>/trial/end/", form_trials.end, name="trial-end"),
    path("forms/<slug:code>/trial/<str:page_id>/", form_trials.page, name="trial-page"),
    path("forms/<slug:code>/trial/<str:page_id>/answers/", form_trials.answers, name="trial-answers"),
]
