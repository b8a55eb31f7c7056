"""/api/: version 1, the page that describes it, and the webhooks that others send."""

from django.urls import include, path, re_path

from todoke.api.version1 import api
from todoke.api.views import reference

app_name = "api"
urlpatterns = [
    path("", reference.show, name="reference"),
    path("v1/openapi.json", reference.description, name="description"),
    path("v1/", api.urls),
    path("webhooks/payments/", include("todoke.api.urls.payment_webhooks")),
    re_path(r"^.*$", reference.nothing, name="nothing"),
]
