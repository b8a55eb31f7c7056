"""URLs of /payments/: a charge by its link."""

from django.urls import path

from todoke.portal.views import payments

urlpatterns = [
    path("payments/<str:token>/", payments.show, name="payment"),
    path("payments/<str:token>/attempt/", payments.attempt, name="payment-attempt"),
    path("payments/<str:token>/slip.pdf", payments.slip, name="payment-slip"),
    path("payments/<str:token>/receipt.pdf", payments.receipt, name="payment-receipt"),
    path("payments/<str:token>/return/", payments.provider_return, name="payment-return"),
]
