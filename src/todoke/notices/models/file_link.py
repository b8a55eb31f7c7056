"""File links 受け渡し: files handed to people outside by an expiring link, and their downloads."""

from django.db import models
from django.utils import timezone

from todoke.accounts.models import User
from todoke.notices.models.message import new_token
from todoke.organization.models import Department


class FileLinkQuerySet(models.QuerySet["FileLink"]):
    def open(self) -> "FileLinkQuerySet":
        """Links that can be used: neither expired nor revoked."""
        return self.filter(expires_at__gt=timezone.now(), revoked_at__isnull=True)


class FileLink(models.Model):
    """ファイルの受け渡し: a file for one outside person behind a link that expires; every download is recorded."""

    token = models.CharField("整理番号", max_length=24, unique=True, default=new_token)
    department = models.ForeignKey(Department, models.PROTECT, related_name="+", verbose_name="渡す部署")
    email = models.EmailField("相手のメールアドレス", max_length=254)
    name = models.CharField("相手の名前", max_length=100)
    note = models.TextField("ことば", max_length=1000, blank=True)
    file_name = models.CharField("ファイル名", max_length=200)
    path = models.CharField("置き場所", max_length=200)
    size = models.PositiveBigIntegerField("大きさ")
    sha256 = models.CharField("照合値", max_length=64)
    placed_at = models.DateTimeField("渡した日時", auto_now_add=True)
    placed_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="渡した人")
    expires_at = models.DateTimeField("期限")
    revoked_at = models.DateTimeField("取り消した日時", null=True)

    objects = FileLinkQuerySet.as_manager()

    class Meta:
        verbose_name = "ファイルの受け渡し"
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"受け渡し{self.pk}"


class Download(models.Model):
    """受け取りの記録: when the file behind a link was downloaded."""

    link = models.ForeignKey(FileLink, models.CASCADE, related_name="downloads", verbose_name="ファイルの受け渡し")
    at = models.DateTimeField("日時", auto_now_add=True)

    class Meta:
        verbose_name = "受け取りの記録"
        ordering = ["at"]

    def __str__(self) -> str:
        return f"{self.link} {self.at:%Y-%m-%d %H:%M}"
