"""URLs of LINEからの知らせ."""

from django.urls import path

from todoke.portal.inquiries.views import line_webhook

urlpatterns = [path("line/events/", line_webhook.webhook, name="line-webhook")]
