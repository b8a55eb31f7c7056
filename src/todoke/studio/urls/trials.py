"""試し申請の住所。"""

from django.urls import path

from todoke.studio.views import trials

urlpatterns = [
    path("forms/<slug:code>/trial/", trials.show, name="trial"),
    path("forms/<slug:code>/trial/samples/", trials.samples, name="trial-samples"),
    path("forms/<slug:code>/trial/end/", trials.end, name="trial-end"),
    path("forms/<slug:code>/trial/<str:page_id>/", trials.page, name="trial-page"),
    path("forms/<slug:code>/trial/<str:page_id>/answers/", trials.answers, name="trial-answers"),
]
