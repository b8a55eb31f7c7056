"""Consultation followers 募集の知らせの受取人: who wants to hear by mail what becomes of a call, without an account."""

from datetime import datetime, timedelta

from django.db import models, transaction
from django.utils import timezone

from todoke.accounts.actors import Actor
from todoke.audit.log import record, subject_of
from todoke.audit.transitions import compare_and_set, stamp_once
from todoke.notices.models import MailedLink
from todoke.notices.models.mailed_link import contact_hash
from todoke.notices.notice_erasure import erase_about
from todoke.runtime.field_encryption import decrypt_text, encrypt_text
from todoke.runtime.mail_addresses import is_mail_address, mail_address
from todoke.runtime.refusals import Refused
from todoke.runtime.secret_text import SecretText
from todoke.voices.mailed_links import FOLLOW
from todoke.voices.models.consultation import Consultation

CONFIRM_WITHIN, STOP_WITHIN = timedelta(days=3), timedelta(days=365)


class ConsultationFollowerQuerySet(models.QuerySet["ConsultationFollower"]):
    def confirmed(self) -> "ConsultationFollowerQuerySet":
        """Those who pressed that they want the mails."""
        return self.exclude(confirmed_at=None)

    def unconfirmed_since(self, at: datetime) -> "ConsultationFollowerQuerySet":
        """Those who asked before an instant and never confirmed it."""
        return self.filter(confirmed_at=None, asked_at__lt=at)


class ConsultationFollower(models.Model):
    """募集の知らせの受取人: a mail address that hears of the extension and the result of one call once it confirmed.

    The address is encrypted; ``told`` is the news it heard last.
    """

    consultation = models.ForeignKey(Consultation, models.CASCADE, related_name="followers", verbose_name="意見募集")
    sealed_mail = models.TextField("メールアドレス", editable=False)
    contact_hash = models.CharField("宛先の封印", max_length=64, editable=False)
    language = models.CharField("言葉", max_length=10, default="ja")
    asked_at = models.DateTimeField("申し込んだ日時", default=timezone.now)
    confirmed_at = models.DateTimeField("確かめた日時", null=True)
    told = models.CharField("最後の知らせ", max_length=40, blank=True)

    objects = ConsultationFollowerQuerySet.as_manager()

    class Meta:
        verbose_name = "募集の知らせの受取人"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["consultation", "contact_hash"], name="voices_one_follower_per_address")
        ]

    def __str__(self) -> str:
        return f"受取人{self.pk}"

    @property
    def mail(self) -> str:
        return decrypt_text(self.sealed_mail)

    @classmethod
    @transaction.atomic
    def ask(cls, of: Consultation, mail: str, *, language: str, by: Actor) -> "ConsultationFollower":
        """受取の申込み: note an address that is still to be confirmed; one that is known stays. Raises Refused."""
        of.require_status(Consultation.Status.ANNOUNCED, Consultation.Status.ANSWERING)
        if not is_mail_address(mail):
            raise Refused("このメールアドレスには送れません。形を確かめてください。")
        address = mail_address(mail)
        made, is_new = cls.objects.get_or_create(
            consultation=of, contact_hash=contact_hash(address),
            defaults={"sealed_mail": encrypt_text(address), "language": language},
        )  # fmt: skip
        if is_new:
            record(made, "意見募集の知らせの申込み", by=by, first=True)
        return made

    def new_link(self, span: timedelta = STOP_WITHIN, *, by: Actor) -> SecretText:
        """Return the secret of a link that confirms or stops the mails."""
        return MailedLink.issue(FOLLOW, self, contact=self.mail, until=timezone.now() + span, by=by)

    @transaction.atomic
    def confirm(self, *, by: Actor) -> None:
        """受取の確認: the mails come from now on; a second press changes nothing."""
        if stamp_once(self, "confirmed_at"):
            record(self, "意見募集の知らせの受取", by=by)

    @transaction.atomic
    def stop(self, *, by: Actor) -> None:
        """受取をやめる: forget the address."""
        record(self, "意見募集の知らせをやめる", by=by)
        self.forget()

    @transaction.atomic
    def forget(self) -> None:
        """Delete the address, and clear the mails that went to it."""
        erase_about(subject_of(self))
        self.delete()

    def note_told(self, news: str) -> bool:
        """Note the news that is being mailed; False where it was mailed before."""
        return self.told != news and compare_and_set(self, {"told": self.told}, told=news)
