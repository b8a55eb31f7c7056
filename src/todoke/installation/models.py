"""Appearance 自治体の表示: versions of name, logo, colour and links."""

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator, URLValidator
from django.db import models

from todoke.audit.immutable import ImmutableModel
from todoke.design.colours import TEXT, WHITE, contrast, is_readable, nearest_readable
from todoke.design.municipality import LINKS

LOGO_BYTES = 300_000
LOGO_PIXELS = 2000


class Appearance(ImmutableModel):
    """自治体の表示: one published version of name, logo, colour and links; the newest holds."""

    FROZEN, INSTEAD = "公開した表示", "新しい版を公開してください。"

    number = models.PositiveIntegerField("版", unique=True)
    name = models.CharField("自治体の名前", max_length=40, validators=[RegexValidator(r"^[^\x00-\x1f{}<>]+$")])
    logo = models.BinaryField("ロゴ", default=bytes, blank=True)
    logo_type = models.CharField("ロゴの種類", max_length=20, blank=True)
    accent = models.CharField("色", max_length=7, blank=True, validators=[RegexValidator(r"^#[0-9a-f]{6}$")])
    links = models.JSONField("リンク", default=dict, blank=True)
    digest = models.CharField("ハッシュ", max_length=16, db_index=True)
    published_at = models.DateTimeField("公開日時", auto_now_add=True)

    class Meta:
        verbose_name = "自治体の表示"
        ordering = ["-number"]

    def __str__(self) -> str:
        return f"{self.name} 第{self.number}版"

    def clean(self) -> None:
        """Raises ValidationError for a colour in which nothing can be read, and for links that are none."""
        if self.accent and not is_readable(self.accent):
            raise ValidationError(
                {
                    "accent": f"この色の文字は、白い地の上で読みにくい濃さです({contrast(self.accent, WHITE):.1f}対1。"
                    f"{TEXT}対1以上にします)。近い色では {nearest_readable(self.accent)} が使えます。"
                }
            )
        if unknown := set(self.links) - set(LINKS):
            raise ValidationError({"links": f"決まっていないリンクです: {'、'.join(unknown)}"})
        for address in self.links.values():
            URLValidator(schemes=["https", "http"])(address)
