"""URLs of 参照専用のあいだ."""

from django.urls import path

from todoke.portal.views import outage

urlpatterns = [path("outage/deposit/", outage.deposit, name="deposit")]
