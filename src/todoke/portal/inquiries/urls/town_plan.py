"""URLs of 都市計画の自己確認."""

from django.urls import path

from todoke.portal.inquiries.views import town_plan

urlpatterns = [path("town-plan/", town_plan.show, name="town-plan")]
