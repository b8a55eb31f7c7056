"""URLs of 決まったアドレス."""

from django.urls import path

from todoke.portal.site.views import well_known

urlpatterns = [
    path("robots.txt", well_known.robots, name="robots"),
    path(".well-known/security.txt", well_known.security, name="security-contact"),
    path(".well-known/todoke.json", well_known.installation, name="installation"),
    path(".well-known/todoke-figures.json", well_known.figures, name="figure-feed"),
]
