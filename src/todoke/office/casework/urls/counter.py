"""URLs of counter entry."""

from django.urls import path

from todoke.office.casework.views import correction_receipts, counter

urlpatterns = [
    path("counter/", counter.show, name="counter"),
    path("counter/identity-check/", counter.identity_check, name="counter-identity-check"),
    path("counter/corrections/", correction_receipts.find, name="counter-corrections"),
    path("counter/<slug:code>/draft/", counter.begin, name="counter-draft"),
    path("counter/drafts/<str:token>/check/", counter.check, name="counter-check"),
    path("counter/drafts/<str:token>/receipt/", counter.receive, name="counter-receipt"),
    path("counter/drafts/<str:token>/pages/<str:page>/", counter.page, name="counter-page"),
]
