"""Staff numbers 職員番号: how the municipality's own system of pay knows a person."""

from django.db import models

from todoke.accounts.models import User


class StaffNumber(models.Model):
    """職員番号: of one person, as it stands in the closing file and in the files of card readers."""

    user = models.OneToOneField(User, models.PROTECT, related_name="staff_number", verbose_name="職員")
    number = models.CharField("職員番号", max_length=20, unique=True)

    class Meta:
        verbose_name = "職員番号"
        ordering = ["number"]

    def __str__(self) -> str:
        return self.number
