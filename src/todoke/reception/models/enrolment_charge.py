"""Enrolment charges 受講料: what the seats of an enrolment cost; assessed when they are certain, once."""

from django.db import models

from todoke.bookings.models import Enrolment
from todoke.payments.models import Charge


class EnrolmentCharge(models.Model):
    """受講料: the charge of an enrolment in a class with a fee."""

    enrolment = models.OneToOneField(Enrolment, models.PROTECT, related_name="fee", verbose_name="受講申込")
    charge = models.OneToOneField(Charge, models.PROTECT, related_name="enrolment_fee", verbose_name="調定")

    class Meta:
        verbose_name = "受講料"
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.enrolment} {self.charge.yen:,}円"
