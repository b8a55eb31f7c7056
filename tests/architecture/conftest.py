import pytest
from django.apps import apps
from django.apps.registry import Apps


@pytest.fixture
def django_apps() -> Apps:
    return apps
