"""Data classes 情報の区分: how sensitive the data are that a device holds or an automation reads."""

from django.db import models


class DataClass(models.TextChoices):
    """情報の区分: the classes of the municipality's security policy, and personal data by law."""

    OPEN = "open", "機密性1(公開できるもの)"
    INTERNAL = "internal", "機密性2(内部のもの)"
    SECRET = "secret", "機密性3(秘密のもの)"
    PERSONAL = "personal", "個人情報"
    MY_NUMBER = "my_number", "特定個人情報(マイナンバーを含むもの)"
