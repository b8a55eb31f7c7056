"""点検と公開の住所。"""

from django.urls import path

from todoke.studio.views import confirmations, publications

urlpatterns = [
    path("forms/<slug:code>/publication/", publications.show, name="publication"),
    path("forms/<slug:code>/review/", confirmations.ask, name="form-review"),
    path("forms/<slug:code>/review/approval/", confirmations.approval, name="form-review-approval"),
    path("forms/<slug:code>/review/return/", confirmations.returning, name="form-review-return"),
    path("forms/<slug:code>/publication/version/", publications.version, name="publication-version"),
    path("forms/<slug:code>/publication/plan/", publications.plan, name="publication-plan"),
    path("forms/<slug:code>/publication/cancellation/", publications.cancellation, name="publication-cancellation"),
]
