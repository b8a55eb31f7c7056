"""/office/payments/: payments, statements and day closes."""

from django.urls import path

from todoke.office.money.views import column_templates, doubts, open_items, payments

urlpatterns = [
    path("", payments.index, name="payments"),
    path("statements/", payments.statement, name="payments-statement"),
    path("templates/", column_templates.index, name="payments-templates"),
    path("templates/<str:name>/", column_templates.edit, name="payments-template"),
    path("templates/<str:name>/change/", column_templates.change, name="payments-template-change"),
    path("items/", open_items.index, name="payments-items"),
    path("items/<str:reference>/inquiry/", open_items.inquiry, name="payments-inquiry"),
    path("items/<str:reference>/concession/", open_items.concession, name="payments-concession"),
    path("attempts/", doubts.attempts, name="payments-attempts"),
    path("attempts/<str:key>/inquiry/", doubts.attempt_inquiry, name="payments-attempt-inquiry"),
    path("attempts/<str:key>/exclusion/", doubts.attempt_exclusion, name="payments-attempt-exclusion"),
    path("overpayments/", doubts.overpayments, name="payments-overpayments"),
    path("overpayments/<str:number>/refund/", doubts.overpayment_refund, name="payments-overpayment-refund"),
    path("<day:day>/", payments.sheet, name="payments-day"),
    path("<day:day>/matching/", payments.matching, name="payments-matching"),
    path("<day:day>/explanation/", payments.explanation, name="payments-explanation"),
    path("<day:day>/remedy/", payments.remedy, name="payments-remedy"),
    path("<day:day>/preparation/", payments.preparation, name="payments-preparation"),
    path("<day:day>/signature/", payments.signature, name="payments-signature"),
    path("<day:day>/return/", payments.return_, name="payments-return"),
    path("<day:day>/sheet.pdf", payments.printed, name="payments-print"),
    path("<day:day>/sheet.csv", payments.export, name="payments-export"),
]
