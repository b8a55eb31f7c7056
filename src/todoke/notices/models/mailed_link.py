"""Mailed links 送ったリンク: a link for one contact, one purpose, one object and one time span."""

import hashlib
import secrets
from datetime import datetime

from django.db import models, transaction
from django.db.models import F, Q
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.crypto import salted_hmac

from todoke.accounts.actors import Actor, Guest
from todoke.accounts.rate_limits import RateLimit, hit
from todoke.audit.log import lock_subject, record, subject_of
from todoke.audit.transitions import compare_and_set
from todoke.notices.link_purpose import Ending, LinkEnded, LinkPurpose, declared_purposes
from todoke.runtime.secret_text import SecretText

HOLDER = Guest("リンクを持つ人")
REFUSALS_OF_ONE = RateLimit("終わったリンクの記録", 20, 3600)
"""A mail scanner may open an ended link for ever; so many of its tries an hour are written down."""


def secret_hash(secret: str) -> str:
    """Return the SHA-256 of a secret; 256 random bits need no salt."""
    return hashlib.sha256(secret.encode()).hexdigest()


def contact_hash(contact: str) -> str:
    """Return the keyed hash of a mail address, however it is capitalised."""
    return salted_hmac("todoke.notices.mailed-link", contact.strip().casefold(), algorithm="sha256").hexdigest()


class MailedLinkQuerySet(models.QuerySet["MailedLink"]):
    def about(self, *targets: models.Model) -> "MailedLinkQuerySet":
        """Links on any of these objects."""
        return self.filter(about__in=[subject_of(target) for target in targets])

    def unended(self) -> "MailedLinkQuerySet":
        """Links that nothing has ended; the facts of their object may still say that they are over."""
        return self.filter(ended_at__isnull=True)


class MailedLink(models.Model):
    """送ったリンク: a link mailed to one contact for one purpose on one object until an instant.

    Only hashes of its secret and of the address are stored. A new one for the same ends the older.
    """

    purpose = models.CharField("用途", max_length=20)
    about = models.CharField("対象", max_length=120)
    contact_hash = models.CharField("宛先の封印", max_length=64)
    secret_hash = models.CharField("合言葉の封印", max_length=64, unique=True)
    issued_at = models.DateTimeField("送った日時")
    expires_at = models.DateTimeField("期限")
    uses = models.PositiveIntegerField("使った回数", default=0)
    used_at = models.DateTimeField("はじめて使った日時", null=True)
    ended_at = models.DateTimeField("終わった日時", null=True)
    ended_because = models.CharField("終わったわけ", max_length=10, choices=Ending.choices, blank=True)

    objects = MailedLinkQuerySet.as_manager()

    class Meta:
        verbose_name = "送ったリンク"
        indexes = [models.Index(fields=["about"], name="notices_link_by_object")]
        constraints = [
            models.UniqueConstraint(
                fields=["purpose", "about", "contact_hash"], condition=Q(ended_at=None), name="notices_one_live_link"
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None, ended_because="") | (Q(ended_at__isnull=False) & ~Q(ended_because="")),
                name="notices_link_ends_for_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.about} {self.purpose}"

    @property
    def target_pk(self) -> int:
        """Return the primary key of the object that the link is about."""
        return int(self.about.rpartition("/")[2])

    @classmethod
    @transaction.atomic
    def issue(
        cls, purpose: LinkPurpose, target: models.Model, *, contact: str, until: datetime, by: Actor
    ) -> SecretText:
        """End older links of the contact for this purpose and object, and return the secret of a new one."""
        about, now, sealed = subject_of(target), timezone.now(), contact_hash(contact)
        lock_subject(about)
        older = cls.objects.unended().filter(purpose=purpose.code, about=about, contact_hash=sealed)
        older.update(ended_at=now, ended_because=Ending.REPLACED)
        secret = SecretText(secrets.token_urlsafe(32), until)
        cls.objects.create(
            purpose=purpose.code, about=about, contact_hash=sealed, secret_hash=secret_hash(secret), issued_at=now,
            expires_at=until,
        )  # fmt: skip
        record(about, "リンクの送付", by=by, reason=purpose.title, after={"用途": purpose.code, "期限": until})
        return secret

    @classmethod
    def find(cls, purpose: LinkPurpose, secret: str) -> "MailedLink":
        """Return the live link of a secret for a purpose. Raises LinkEnded; a known link's refusal is recorded."""
        link = cls.objects.filter(purpose=purpose.code, secret_hash=secret_hash(secret)).first()
        if link is None:
            raise LinkEnded(purpose, Ending.UNKNOWN)
        link.require_live()
        return link

    def require_live(self) -> None:
        """Raise LinkEnded, and record the refusal, when the link opens nothing any more."""
        purpose = declared_purposes()[self.purpose]
        if (ending := self._ending(purpose)) is None:
            return
        if hit(REFUSALS_OF_ONE, str(self.pk)):
            record(self.about, "リンクの拒否", by=HOLDER, reason=f"{purpose.title}({ending.label})")
        raise LinkEnded(purpose, ending)

    def _ending(self, purpose: LinkPurpose) -> Ending | None:
        """Return why the link is over: what ended it, else the facts of its object, else its time."""
        if self.ended_because:
            return Ending(self.ended_because)
        over = purpose.ending(self.target_pk, self.issued_at)
        return over or (Ending.EXPIRED if self.expires_at <= timezone.now() else None)

    @transaction.atomic
    def use(self, *, by: Actor) -> None:
        """Count and record one use. Raises LinkEnded when it was ended since it was found."""
        used = {"uses": F("uses") + 1, "used_at": Coalesce("used_at", timezone.now())}
        purpose = declared_purposes()[self.purpose]
        if not compare_and_set(self, {"ended_at__isnull": True}, **used):
            raise LinkEnded(purpose, Ending.REPLACED)
        record(self.about, "リンクの使用", by=by, reason=purpose.title)

    def is_for(self, contact: str) -> bool:
        """Tell whether the link was mailed to an address."""
        return self.contact_hash == contact_hash(contact)


def end_links(purpose: LinkPurpose, target: models.Model, because: Ending) -> int:
    """End the live links for a purpose on an object; return how many."""
    live = MailedLink.objects.unended().about(target).filter(purpose=purpose.code)
    return live.update(ended_at=timezone.now(), ended_because=because)
