"""Vocabulary さがす言葉: synonyms, plain names and referrals, which staff keep."""

import unicodedata
from typing import Any

import jaconv
from django.db import models, transaction

from todoke.accounts.actors import Actor, user_of
from todoke.audit.log import record
from todoke.guidance.permissions import EDIT_VOCABULARY
from todoke.runtime.refusals import NotAllowed

ASKED = "住民がふつうに言う文を「、」で区切って書く。例: 子犬をもらった、犬を飼い始めた。"
"""What staff write as the ways in which residents ask for something."""


def search_key(text: str) -> str:
    """Return text normalised for comparison: one width, small letters, hiragana. Not for storing names."""
    return str(jaconv.kata2hira(unicodedata.normalize("NFKC", text).casefold().strip()))


def _only_editors(by: Actor) -> None:
    user = user_of(by)
    if user is not None and not EDIT_VOCABULARY.held_by(user):
        raise NotAllowed("さがす言葉を直せるのは、手続設計担当とDX推進本部事務局です。")


class VocabularyEntry(models.Model):
    """さがす言葉: a row of one of the tables by which residents find a procedure."""

    class Meta:
        abstract = True

    def facts(self) -> dict[str, Any]:
        """Return the fields that staff write, by their names."""
        return {field.name: getattr(self, field.name) for field in self._meta.fields if not field.primary_key}

    @transaction.atomic
    def keep(self, *, by: Actor) -> None:
        """Save a new or changed row (登録). Raises NotAllowed; ValidationError where it exists or lacks a part."""
        _only_editors(by)
        self.full_clean()
        kind, before = type(self), None
        if self.pk:
            before = kind.objects.select_for_update().get(pk=self.pk).facts()  # type: ignore[attr-defined]
        if before != self.facts():
            self.save()
            record(self, f"{self._meta.verbose_name}を登録", by=by, before=before, after=self.facts())

    @transaction.atomic
    def remove(self, *, by: Actor) -> None:
        """Delete the row (削除); the audit log keeps its words. Raises NotAllowed."""
        _only_editors(by)
        record(self, f"{self._meta.verbose_name}を削除", by=by, before=self.facts(), reason=str(self))
        self.delete()


class Synonym(VocabularyEntry):
    """言い換え: everyday words and the office's words for them (子ども手当 → 児童手当)."""

    said = models.CharField(
        "住民の言葉", max_length=50, unique=True,
        help_text="例: 子ども手当。空白で分けると、その順に少し離れて出てきても当たります(例: 税金 払えない)。",
    )  # fmt: skip
    means = models.CharField("手続の言葉", max_length=200, help_text="空白で区切る。大事な順に書く。")

    class Meta:
        verbose_name = "言い換え"
        ordering = ["said"]

    def __str__(self) -> str:
        return f"{self.said} → {self.means}"

    def clean(self) -> None:
        self.said = " ".join(search_key(self.said).split())

    @classmethod
    @transaction.atomic
    def define(cls, said: str, means: str, *, by: Actor) -> "Synonym":
        """Add a synonym, or change the meaning of an existing one."""
        said = " ".join(search_key(said).split())
        synonym = cls.objects.filter(said=said).first() or cls(said=said)
        synonym.means = means
        synonym.keep(by=by)
        return synonym


class PlainName(VocabularyEntry):
    """呼び名: what people call a procedure, in Japanese, やさしい日本語 and English, by its title in the inventory."""

    title = models.CharField("手続名", max_length=400, unique=True, help_text="手続一覧にある名称のとおり。")
    plain = models.CharField("呼び名", max_length=100, help_text="例: 転入届(ほかの市区町村から引っ越してきたとき)")
    easy = models.CharField("やさしい日本語", max_length=100, blank=True)
    english = models.CharField("英語", max_length=100, blank=True)
    asked = models.CharField("聞き方", max_length=1000, blank=True, db_default="", help_text=ASKED)

    class Meta:
        verbose_name = "呼び名"
        ordering = ["title"]

    def __str__(self) -> str:
        return f"{self.plain}({self.title})"


class Referral(VocabularyEntry):
    """案内先: where to go with what is not in the inventory: another office, or one of the municipality."""

    title = models.CharField("用件", max_length=60, unique=True, help_text="例: 所得税の確定申告")
    said = models.CharField(
        "住民の言葉",
        max_length=300,
        help_text="「、」で区切る。空白で分けると、その順に少し離れて出てきても当たります。",
    )
    ours = models.BooleanField("区の仕事", default=False)
    place = models.CharField("案内先", max_length=80, help_text="例: 税務署")
    note = models.CharField("説明", max_length=200, help_text="何をどこでするか、一文か二文で。")
    easy = models.CharField("やさしい日本語の説明", max_length=200, blank=True)
    english = models.CharField("英語の説明", max_length=300, blank=True)
    phone = models.CharField("電話番号", max_length=20, blank=True)
    url = models.URLField("ホームページ", blank=True)
    asked = models.CharField("聞き方", max_length=1000, blank=True, db_default="", help_text=ASKED)
    source = models.CharField("根拠", max_length=120, help_text="法令の条や、公表されている資料の名前。")

    class Meta:
        verbose_name = "案内先"
        ordering = ["title"]

    def __str__(self) -> str:
        return f"{self.title} → {self.place}"


class VocabularyVersion(models.Model):
    """さがす言葉の版: the one row that the database changes to another random text whenever a word was changed.

    It is random, so that a version that was seen before a rollback never comes again for other words.
    """

    version = models.CharField("版", max_length=32)

    class Meta:
        verbose_name = "さがす言葉の版"

    def __str__(self) -> str:
        return f"{self._meta.verbose_name}{self.version}"
