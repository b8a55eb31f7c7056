"""URLs of 決まったアドレス."""

from django.urls import path

from todoke.portal.site.views import well_known

urlpatterns = [
    path("robots.txt", well_known.robots, name="robots"),
    path(".well-known/security.txt", well_known.security, name="security-contact"),
]
