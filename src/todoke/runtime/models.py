"""Holds 差止め: a restored copy must not send mail, take money or work through jobs until somebody releases it."""

from django.db import models
from django.utils import timezone


class HoldQuerySet(models.QuerySet["Hold"]):
    def in_force(self) -> "HoldQuerySet":
        return self.filter(released_at__isnull=True)


class Hold(models.Model):
    """差止め: nothing leaves the house while one is in force. Written into every database that is restored."""

    reason = models.CharField("理由", max_length=200)
    placed_at = models.DateTimeField("差し止めた日時", default=timezone.now)
    released_at = models.DateTimeField("解除日時", null=True)
    released_by = models.CharField("解除した人", max_length=100, blank=True)
    release_reason = models.CharField("解除の理由", max_length=200, blank=True)

    objects = HoldQuerySet.as_manager()

    class Meta:
        verbose_name = "差止め"
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(released_at__isnull=True) | ~models.Q(released_by=""),
                name="runtime_a_released_hold_names_who",
            ),
        ]

    def __str__(self) -> str:
        return f"差止め{self.pk}"

    def release(self, *, by: str, reason: str) -> bool:
        """Let mail, money and jobs go again (差止めの解除). False when somebody else released it before."""
        return bool(
            Hold.objects.in_force()
            .filter(pk=self.pk)
            .update(released_at=timezone.now(), released_by=by, release_reason=reason)
        )


def is_held() -> bool:
    """Tell whether this installation is a copy that nobody has released."""
    return Hold.objects.in_force().exists()
