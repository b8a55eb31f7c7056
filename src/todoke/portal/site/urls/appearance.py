"""URLs of 自治体の表示."""

from django.urls import path

from todoke.portal.site.views import appearance

urlpatterns = [
    path("appearance/<slug:digest>.css", appearance.colours, name="appearance-colours"),
    path("appearance/<slug:digest>.<slug:suffix>", appearance.logo, name="appearance-logo"),
]
