"""Send blocks 差止め and installed builds 版の記録: what a database says about the installation that runs on it.

A restored copy sends no mail, takes no money and runs no jobs until somebody releases it.
"""

from django.db import models
from django.utils import timezone


class SendBlockQuerySet(models.QuerySet["SendBlock"]):
    def in_force(self) -> "SendBlockQuerySet":
        """Blocks that were not released."""
        return self.filter(released_at__isnull=True)


class SendBlock(models.Model):
    """差止め: while one is in force, no mail, payment or job runs. Written into every database that is restored."""

    reason = models.CharField("理由", max_length=200)
    placed_at = models.DateTimeField("差し止めた日時", default=timezone.now)
    released_at = models.DateTimeField("解除日時", null=True)
    released_by = models.CharField("解除した人", max_length=100, blank=True)
    release_reason = models.CharField("解除の理由", max_length=200, blank=True)

    objects = SendBlockQuerySet.as_manager()

    class Meta:
        verbose_name = "差止め"
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(released_at__isnull=True) | ~models.Q(released_by=""),
                name="runtime_a_released_block_names_who",
            ),
        ]

    def __str__(self) -> str:
        return f"差止め{self.pk}"

    def release(self, *, by: str, reason: str) -> bool:
        """Allow mail, payments and jobs again (差止めの解除). False when it was released before."""
        return bool(
            SendBlock.objects.in_force()
            .filter(pk=self.pk)
            .update(released_at=timezone.now(), released_by=by, release_reason=reason)
        )


def is_send_blocked() -> bool:
    """Tell whether a send block is in force on this installation."""
    return SendBlock.objects.in_force().exists()


class InstalledBuild(models.Model):
    """版の記録: a migration of this database by one build of the program; the newest completed one may serve."""

    build = models.CharField("照合値", max_length=64)
    begun_at = models.DateTimeField("移行を始めた日時", default=timezone.now)
    completed_at = models.DateTimeField("移行を終えた日時", null=True)
    release = models.CharField("版", max_length=20, blank=True, default="", db_default="")

    class Meta:
        verbose_name = "版の記録"
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.build
