"""Scan sheets 紙面: the pictures of a batch, stored before they are acknowledged, each a page of one application."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Sequence
from typing import IO

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone

from todoke.accounts.models import User
from todoke.audit.log import record
from todoke.audit.transitions import compare_and_set, stamp_once
from todoke.runtime.refusals import Closed, Conflict, NotAllowed, Refused
from todoke.scans.models.scan_batch import ScanBatch, new_token, require_checker
from todoke.scans.recognition.page_registration import (
    Box,
    Matrix,
    Point,
    box_in_picture,
    choose_marks,
    page_to_picture,
    whole_picture,
)
from todoke.scans.sheet_files import Picture
from todoke.scans.template_fields import TemplateField

FOLDER = "scans"
MARGIN = {"marks": 2.0, "hand": 3.0, "none": 6.0}
"""Millimetres shown around a box, by how the sheet was aligned."""


class ScanSheetQuerySet(models.QuerySet["ScanSheet"]):
    def live(self) -> ScanSheetQuerySet:
        """Sheets that were not taken out."""
        return self.filter(removed_at=None)

    def visible_to(self, user: User) -> ScanSheetQuerySet:
        """The sheets of the batches that a person sees."""
        return self.filter(batch__in=ScanBatch.objects.visible_to(user))


class ScanSheet(models.Model):
    """紙面: a picture of one page of one application; a picture comes once into a batch."""

    class Alignment(models.TextChoices):
        MARKS = "marks", "四隅の印で合わせた"
        HAND = "hand", "人が四隅を示した"
        NONE = "none", "合わせていない"

    token = models.CharField("合言葉", max_length=32, unique=True, default=new_token)
    batch = models.ForeignKey(ScanBatch, models.PROTECT, related_name="sheets", verbose_name="読取り束")
    position = models.PositiveIntegerField("順")
    application = models.PositiveIntegerField("何件目")
    page = models.PositiveSmallIntegerField("ページ")
    path = models.CharField("保存場所", max_length=120, blank=True)
    media_type = models.CharField("種類", max_length=20)
    sha256 = models.CharField("照合値", max_length=64)
    width = models.PositiveIntegerField("幅(画素)")
    height = models.PositiveIntegerField("高さ(画素)")
    alignment = models.CharField("位置合わせ", max_length=5, choices=Alignment.choices, default=Alignment.NONE)
    matrix = models.JSONField("紙から画像への写像", null=True)
    turn = models.PositiveSmallIntegerField("回転(度)", default=0)
    code_page = models.PositiveSmallIntegerField("符号のページ", null=True)
    looked_at = models.BooleanField("読取りを試した", default=False)
    finding = models.CharField("分かったこと", max_length=100, blank=True)
    added_at = models.DateTimeField("取り込んだ日時", default=timezone.now)
    settled_at = models.DateTimeField("受け付けた日時", null=True)
    removed_at = models.DateTimeField("外した日時", null=True)
    removed_for = models.CharField("外した理由", max_length=200, blank=True)

    objects = ScanSheetQuerySet.as_manager()

    class Meta:
        verbose_name = "紙面"
        ordering = ["batch", "position"]
        constraints = [
            models.UniqueConstraint(fields=["batch", "sha256"], name="scans_a_picture_once_in_a_batch"),
            models.UniqueConstraint(fields=["batch", "position"], name="scans_one_sheet_a_position"),
            models.UniqueConstraint(
                fields=["batch", "application", "page"], condition=Q(removed_at=None), name="scans_one_sheet_a_page"
            ),
            models.CheckConstraint(
                condition=Q(alignment="none", matrix=None) | (~Q(alignment="none") & Q(matrix__isnull=False)),
                name="scans_an_aligned_sheet_has_its_map",
            ),
            models.CheckConstraint(condition=Q(turn__in=[0, 90, 180, 270]), name="scans_a_sheet_turns_by_quarters"),
            models.CheckConstraint(
                condition=Q(removed_at=None) | ~Q(removed_for=""), name="scans_taken_out_for_a_reason"
            ),
            models.CheckConstraint(
                condition=Q(removed_at=None) | Q(settled_at=None), name="scans_received_or_taken_out"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.application}件目の{self.page}ページ"

    @classmethod
    def add(cls, batch: ScanBatch, picture: Picture, *, by: User) -> tuple[ScanSheet, bool]:
        """Store a checked picture and insert its sheet (紙面の取込み); a picture that is there is returned with False.

        The file is on the disk before the row is. Pages are counted on: page 1 of the next application follows the last
        page. Raises NotAllowed, Closed where the batch takes no more.
        """
        require_checker(batch.department, by)
        digest = hashlib.sha256(picture.content).hexdigest()
        if there := batch.sheets.filter(sha256=digest).first():
            return there, False
        stem = secrets.token_hex(16)
        path = default_storage.save(f"{FOLDER}/{stem[:2]}/{stem}{picture.suffix}", ContentFile(picture.content))
        try:
            return cls._insert(batch, picture, digest, path, by)
        except BaseException:
            default_storage.delete(path)
            raise

    @classmethod
    @transaction.atomic
    def _insert(cls, batch: ScanBatch, picture: Picture, digest: str, path: str, by: User) -> tuple[ScanSheet, bool]:
        held = ScanBatch.objects.select_for_update().select_related("template").get(pk=batch.pk)
        if not held.is_open:
            raise Closed("この束は、読取りの途中か、完了しています。新しい束を始めてください。")
        last = held.sheets.order_by("-position").first()
        live = held.sheets.live().order_by("-position").first()
        follows = live is not None and live.page < held.template.pages
        made = cls.objects.create(
            batch=held, position=last.position + 1 if last else 1, path=path, sha256=digest,
            application=(live.application + (0 if follows else 1)) if live else 1,
            page=live.page + 1 if live and follows else 1,
            media_type=picture.media_type, width=picture.width, height=picture.height,
        )  # fmt: skip
        record(made, "紙面の取込み", by=by, after={"順": made.position, "照合値": digest})
        return made, True

    def open(self) -> IO[bytes]:
        """Open the picture. Raises Closed when it was erased after its time."""
        if not self.path:
            raise Closed("保存期間が終わったため、画像は消しました。")
        return default_storage.open(self.path)

    def require_taking(self, *, by: object) -> None:
        """Raises NotAllowed unless the person checks the paper of the department."""
        if not isinstance(by, User) or not ScanSheet.objects.visible_to(by).filter(pk=self.pk).exists():
            raise NotAllowed("紙面を見られるのは、担当部署の職員です。")

    @transaction.atomic
    def take_out(self, reason: str, *, by: User) -> None:
        """Take the sheet out of the batch (紙面を外す); the picture stays. Raises NotAllowed, Refused, Conflict."""
        require_checker(self.batch.department, by)
        if not reason.strip():
            raise Refused("外す理由を書いてください(例: 破れていて読めない。本人に返した)。")
        if not stamp_once(self, "removed_at", read={"settled_at": None}, removed_for=reason.strip()[:200]):
            raise Conflict("この紙面は、受け付けたか、もう外してあります。画面を開き直してください。")
        record(self, "紙面を外す", by=by, reason=reason)

    @transaction.atomic
    def move_to(self, application: int, page: int, *, by: User) -> None:
        """Make it another page of another application (紙面の並べ直し).

        Raises NotAllowed, Refused for a page that the template lacks or that is taken, Conflict when it was received.
        """
        require_checker(self.batch.department, by)
        if not 1 <= page <= self.batch.template.pages or not 1 <= application <= self.batch.claimed:
            raise Refused(f"この様式は{self.batch.template.pages}ページまで、件数は{self.batch.claimed}件までです。")
        held = ScanBatch.objects.select_for_update().get(pk=self.batch_id)
        taken = held.sheets.live().filter(application=application, page=page).exclude(pk=self.pk)
        if taken.exists():
            raise Refused(
                f"{application}件目の{page}ページには、別の紙面があります。その紙面を動かすか、外してから、もう一度お試しください。"
            )
        if self.settled_at or self.removed_at:
            raise Conflict("受け付けた紙面と外した紙面は、動かせません。")
        before = str(self)
        self.application, self.page = application, page
        self.save(update_fields=["application", "page"])
        record(self, "紙面の並べ直し", by=by, before={"場所": before}, after={"場所": str(self)})

    @transaction.atomic
    def align_by_hand(self, corners: Sequence[Point], *, by: User) -> None:
        """Keep where a person saw the four marks, upper left first, clockwise (四隅の指定).

        Places are pixels of the stored picture, which is turned no more. Raises NotAllowed, Refused for places that are
        no page, Conflict when the sheet was received or taken out.
        """
        require_checker(self.batch.department, by)
        marks = choose_marks(corners, (self.width, self.height), self.batch.template.size)
        if marks != tuple(corners):
            raise Refused("四隅の印の位置が、紙の四隅になっていません。左上から時計回りに、もう一度示してください。")
        changes = {"matrix": page_to_picture(marks, self.batch.template.size), "finding": "", "turn": 0}
        if not compare_and_set(
            self, {"settled_at": None, "removed_at": None}, alignment=self.Alignment.HAND, **changes
        ):
            raise Conflict("この紙面は、受け付けたか、外してあります。画面を開き直してください。")
        record(self, "四隅の指定", by=by)

    @property
    def map(self) -> Matrix:
        """The map from millimetres of the page to pixels; without one, the picture is taken for the whole page."""
        if self.matrix is not None:
            a, b, c, d, e, f, g, h, i = self.matrix
            return a, b, c, d, e, f, g, h, i
        return whole_picture(self.shown_size, self.batch.template.size)

    @property
    def shown_size(self) -> tuple[int, int]:
        """Width and height of the picture after it was turned."""
        return (self.height, self.width) if self.turn in {90, 270} else (self.width, self.height)

    @property
    def svg_turn(self) -> str:
        """How SVG turns the stored picture to the one that is shown."""
        turns = {
            90: f"translate({self.height} 0) rotate(90)", 180: f"rotate(180 {self.width / 2} {self.height / 2})",
            270: f"translate(0 {self.width}) rotate(270)",
        }  # fmt: skip
        return turns.get(self.turn, "")

    def crop(self, field: TemplateField) -> Box:
        """Return the part of the picture around a field, in pixels."""
        around = field.box.wider(MARGIN[self.alignment])
        return box_in_picture(around, self.map).within(*self.shown_size)


def settle(batch: ScanBatch, application: int) -> None:
    """Note in the caller's transaction that the sheets of an application became a case. Raises Conflict."""
    now = timezone.now()
    rows = batch.sheets.live().filter(application=application, settled_at=None)
    if not rows.update(settled_at=now):
        raise Conflict("この申請は、ほかの人が先に受け付けました。画面を開き直してください。")
