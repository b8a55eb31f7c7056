"""/studio/forms/definition/: a list of questions of another form service."""

from django.urls import path

from todoke.studio.definitions.views import definitions

urlpatterns = [
    path("forms/definition/", definitions.reading, name="form-definition"),
    path("forms/definition/trial/", definitions.trial, name="form-definition-trial"),
    path("forms/definition/addition/", definitions.addition, name="form-definition-addition"),
]
