"""/office/payments/: the day's money."""

from django.urls import path

from todoke.office.views import payments

urlpatterns = [
    path("", payments.index, name="payments"),
    path("statements/", payments.statement, name="payments-statement"),
    path("<day:day>/", payments.sheet, name="payments-day"),
    path("<day:day>/matching/", payments.matching, name="payments-matching"),
    path("<day:day>/explanation/", payments.explanation, name="payments-explanation"),
    path("<day:day>/acknowledgement/", payments.acknowledgement, name="payments-acknowledgement"),
    path("<day:day>/preparation/", payments.preparation, name="payments-preparation"),
    path("<day:day>/signature/", payments.signature, name="payments-signature"),
    path("<day:day>/sheet.csv", payments.export, name="payments-export"),
]
