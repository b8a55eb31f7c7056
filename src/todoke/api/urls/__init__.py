"""/api/: version 1, and the page that describes it."""

from django.urls import path, re_path

from todoke.api.version1 import api
from todoke.api.views import reference

app_name = "api"
urlpatterns = [
    path("", reference.show, name="reference"),
    path("v1/openapi.json", reference.description, name="description"),
    path("v1/", api.urls),
    re_path(r"^.*$", reference.nothing, name="nothing"),
]
