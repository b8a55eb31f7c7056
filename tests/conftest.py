"""What every test stands on."""

import pytest
from django.conf import settings


@pytest.fixture(autouse=True)
def _plain_settings(settings: object, tmp_path: object) -> None:
    """Files go to a folder of the test's own, mails to memory, and passwords are hashed cheaply."""
    settings.MEDIA_ROOT = tmp_path
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.SECURE_SSL_REDIRECT = False
    settings.STAFF_SECOND_FACTOR = False


def pytest_report_header() -> str:
    return f"database: {settings.DATABASES['default']['ENGINE'].rsplit('.', 1)[-1]}"
