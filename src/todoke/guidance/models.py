"""Guidance 案内: the words people use, the events of their lives, and a plain guide to each procedure."""

import unicodedata

import jaconv
from django.db import models, transaction

from todoke.accounts.actors import Actor
from todoke.audit.chain import record


def spoken(text: str) -> str:
    """Return how words sound for comparison: one width, small letters, hiragana. Never store a name like this."""
    return str(jaconv.kata2hira(unicodedata.normalize("NFKC", text).casefold().strip()))


class Wording(models.Model):
    """言い換え: what people say, and the words of the office that mean it (子ども手当 → 児童手当)."""

    said = models.CharField("住民の言葉", max_length=50, unique=True)
    means = models.CharField("手続の言葉", max_length=200, help_text="空白で区切る。大事な順に書く。")

    class Meta:
        verbose_name = "言い換え"
        ordering = ["said"]

    def __str__(self) -> str:
        return f"{self.said} → {self.means}"

    @classmethod
    @transaction.atomic
    def teach(cls, said: str, means: str, *, by: Actor) -> "Wording":
        """Add a wording, or give a known one a new meaning."""
        wording, made = cls.objects.get_or_create(said=spoken(said), defaults={"means": means})
        if made or wording.means != means:
            before = None if made else {"means": wording.means}
            wording.means = means
            wording.save(update_fields=["means"])
            record(wording, "言い換えを登録", by=by, before=before, after={"means": means})
        return wording


class LifeEvent(models.Model):
    """暮らしの出来事: an occasion in life that leads to several procedures."""

    code = models.SlugField("コード", max_length=30, unique=True)
    title = models.CharField("名称", max_length=50)
    lead = models.CharField("説明", max_length=200)
    words = models.CharField("手続の言葉", max_length=200, help_text="空白で区切る。大事な順に書く。")
    survey_event = models.CharField("国の調査のイベント", max_length=50, blank=True)
    position = models.PositiveSmallIntegerField("並び順", default=0)

    class Meta:
        verbose_name = "暮らしの出来事"
        ordering = ["position", "code"]

    def __str__(self) -> str:
        return self.title
