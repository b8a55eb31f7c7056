"""/office/payments/: the day's money."""

from django.urls import path

from todoke.office.views import payments

urlpatterns = [
    path("", payments.index, name="payments"),
    path("statements/", payments.statement, name="payments-statement"),
    path("<date:day>/", payments.sheet, name="payments-day"),
    path("<date:day>/matching/", payments.matching, name="payments-matching"),
    path("<date:day>/explanation/", payments.explanation, name="payments-explanation"),
    path("<date:day>/acknowledgement/", payments.acknowledgement, name="payments-acknowledgement"),
    path("<date:day>/preparation/", payments.preparation, name="payments-preparation"),
    path("<date:day>/signature/", payments.signature, name="payments-signature"),
    path("<date:day>/sheet.csv", payments.export, name="payments-export"),
]
