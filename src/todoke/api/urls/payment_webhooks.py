"""URLs of the webhooks of payment providers, below ``api/webhooks/payments/`` and where they were before."""

from django.urls import path

from todoke.api.views import payment_webhooks

urlpatterns = [path("<slug:name>/", payment_webhooks.webhook, name="payment-webhook")]
