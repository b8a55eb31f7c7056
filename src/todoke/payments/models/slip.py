"""Payment slips 納付書: paper with which a bank, a convenience store or Pay-easy takes the money."""

from datetime import timedelta

from django.conf import settings
from django.db import models, transaction

from todoke.accounts.actors import Actor
from todoke.audit import log
from todoke.japanese.calendar import fiscal_year, today
from todoke.payments.models.attempt import Attempt
from todoke.payments.models.charge import Charge
from todoke.payments.slip_numbers import SlipNumbers, numbers
from todoke.runtime.refusals import Refused

VALID_DAYS = 30


class PaymentSlip(models.Model):
    """納付書: the numbers under which banks know a charge; issued once, printed as often as wanted."""

    charge = models.OneToOneField(Charge, models.PROTECT, related_name="slip", verbose_name="調定")
    institution = models.CharField("収納機関番号", max_length=5)
    number = models.CharField("納付番号", max_length=20, unique=True)
    confirmation = models.CharField("確認番号", max_length=6)
    division = models.CharField("納付区分", max_length=3)
    issued_on = models.DateField("発行日")
    valid_until = models.DateField("使用期限")

    class Meta:
        verbose_name = "納付書"
        ordering = ["-pk"]

    def __str__(self) -> str:
        return self.number

    @property
    def numbers(self) -> SlipNumbers:
        return SlipNumbers(self.institution, self.number, self.confirmation, self.division)

    @classmethod
    @transaction.atomic
    def issue(cls, charge: Charge, *, by: Actor) -> "PaymentSlip":
        """Return the slip of an unpaid charge (納付書の発行), creating it once.

        Raises Refused for any other charge, InDoubt while another payment of it is being asked about.
        """
        held = Charge.objects.select_for_update().get(pk=charge.pk)
        Attempt.require_none_live(held)
        if (slip := cls.objects.filter(charge=held).first()) is not None:
            return slip
        if held.status != Charge.Status.UNPAID:
            raise Refused("この手数料は、いま納付の必要がありません。")
        day = today()
        terms = {"institution": settings.PAYEASY_INSTITUTION, "secret": settings.SECRET_KEY}
        made = numbers(held.pk, yen=held.yen, fiscal_year=fiscal_year(day), **terms)
        slip = cls.objects.create(
            charge=held, institution=made.institution, number=made.payment, confirmation=made.confirmation,
            division=made.division, issued_on=day, valid_until=held.due_on or day + timedelta(days=VALID_DAYS),
        )  # fmt: skip
        log.record(held, "納付書の発行", by=by, after={"number": slip.number, "valid_until": slip.valid_until})
        return slip
