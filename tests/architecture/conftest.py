import pytest
from django.apps import apps


@pytest.fixture
def django_apps() -> object:
    return apps
