"""Uploads 添付書類: attached files of submissions, stored under random names."""

from __future__ import annotations

import hashlib
import os
import secrets
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import UploadedFile
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from todoke.accounts.actors import Actor
from todoke.audit.file_sync import fsync
from todoke.audit.log import record
from todoke.audit.transitions import stamp_once
from todoke.file_validation.content_types import MAX_BYTES, SUFFIXES, NotAccepted, fitting_name, validate_content
from todoke.formbuilder.answers.inputs import MAX_FILES
from todoke.formbuilder.answers.journey import AnswerKey
from todoke.formbuilder.document.file_limits import FILE_LABELS, USUAL, accepted_types, largest_file
from todoke.formbuilder.document.structure import Question

if TYPE_CHECKING:
    from todoke.formbuilder.models.submission import Submission

FOLDER = "uploads"
SHOWN = frozenset({"image/jpeg", "image/png", "image/webp"})


def new_token() -> str:
    """Return a random token of 192 bits."""
    return secrets.token_urlsafe(24)


class UploadQuerySet(models.QuerySet["Upload"]):
    def current(self) -> UploadQuerySet:
        """Uploads that were not removed."""
        return self.filter(removed_at=None)


class Upload(models.Model):
    """添付書類: one file of an answer; the row is inserted only after the file is on the disk."""

    token = models.CharField("合言葉", max_length=40, unique=True, default=new_token)
    submission = models.ForeignKey(
        "formbuilder.Submission", models.CASCADE, related_name="uploads", verbose_name="申請内容"
    )
    question = models.CharField("設問", max_length=60)
    row = models.PositiveIntegerField("行", default=0)
    name = models.CharField("ファイル名", max_length=200)
    renamed_from = models.CharField("もとのファイル名", max_length=200, blank=True, default="")
    path = models.CharField("保存場所", max_length=120, unique=True)
    media_type = models.CharField("種類", max_length=100)
    size = models.PositiveIntegerField("大きさ")
    sha256 = models.CharField("ハッシュ", max_length=64)
    uploaded_at = models.DateTimeField("添付日時", default=timezone.now)
    removed_at = models.DateTimeField("取消し日時", null=True, blank=True)

    objects = UploadQuerySet.as_manager()

    class Meta:
        verbose_name = "添付書類"
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.name

    @classmethod
    def attach(
        cls, submission: Submission, place: AnswerKey, file: UploadedFile[Any], *, by: Actor, question: Question
    ) -> Upload:
        """Return the upload of a file of an answer, made once: the same file under the same name is that upload.

        Raises NotAccepted, also for a kind, a size or a number of files that the question does not take.
        """
        there = submission.uploads.current().filter(question=place.question, row=place.row)
        digest = hashlib.sha256(file.read()).hexdigest() if (file.size or 0) <= MAX_BYTES else ""
        file.seek(0)
        name = safe_file_name(file.name or "")
        same = there.filter(Q(name=name) | Q(renamed_from=name), sha256=digest).first() if digest else None
        if same is not None:
            return same
        if there.count() >= (limit := question.high or MAX_FILES):
            raise NotAccepted(
                _("添付できるのは%(count)d個までです。いらない書類を取り消してください。") % {"count": limit}
            )
        _require_size(file, largest_file(question))
        if validate_content(file.read(MAX_BYTES + 1)) not in accepted_types(question):
            wanted = _("か").join(_(FILE_LABELS[kind]) for kind in question.accepts or USUAL)
            raise NotAccepted(
                _("この設問では、この種類のファイルは受け取れません。%(kinds)sを選んでください。") % {"kinds": wanted}
            )
        file.seek(0)
        return cls.create_from(submission, place, file, by=by)

    @classmethod
    def create_from(cls, submission: Submission, place: AnswerKey, file: UploadedFile[Any], *, by: Actor) -> Upload:
        """Validate a file by its content, store it durably and insert its row.

        A name that does not fit the content is put right, and kept in ``renamed_from``. Raises NotAccepted.
        """
        _require_size(file, MAX_BYTES)
        content = file.read(MAX_BYTES + 1)
        name = safe_file_name(file.name or "")
        media_type = validate_content(content)
        fitting = fitting_name(name, media_type)
        upload = cls(
            submission=submission,
            question=place.question,
            row=place.row,
            name=fitting,
            renamed_from="" if fitting == name else name,
            path=store_file(content, SUFFIXES[media_type][0]),
            media_type=media_type,
            size=len(content),
            sha256=hashlib.sha256(content).hexdigest(),
        )
        upload.save()
        record(submission, "書類の添付", by=by, after={"設問": place.question, "ハッシュ": upload.sha256})
        return upload

    @property
    def can_be_shown(self) -> bool:
        """Whether browsers show it as a picture; HEIC photos and PDFs are opened instead."""
        return self.media_type in SHOWN

    def open(self) -> IO[bytes]:
        """Open the stored file. Raises FileNotFoundError when it is gone."""
        return default_storage.open(self.path)

    def remove(self) -> None:
        """Mark the file as removed; the cleanup deletes its content later."""
        stamp_once(self, "removed_at")


def safe_file_name(name: str) -> str:
    """Return a file name without folders or control characters, at most 200 characters, with its extension."""
    last = name.replace("\\", "/").rsplit("/", 1)[-1]
    clean = "".join(letter for letter in last if letter.isprintable()).strip()
    stem, dot, suffix = clean.rpartition(".")
    return f"{stem[: 190 - len(suffix)]}{dot}{suffix}" if dot else clean[:190]


def store_file(content: bytes, suffix: str) -> str:
    """Write a file under a random name, flush it to the disk, and return its path in the storage."""
    stem = secrets.token_hex(16)
    path = f"{FOLDER}/{stem[:2]}/{stem}{suffix}"
    try:
        place = Path(default_storage.path(path))
    except NotImplementedError:
        return default_storage.save(path, ContentFile(content))
    place.parent.mkdir(parents=True, exist_ok=True)
    with os.fdopen(os.open(place, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    for folder in (place.parent, place.parent.parent):
        fsync(folder)
    return path


def _require_size(file: UploadedFile[Any], most: int) -> None:
    if (file.size or 0) > most:
        said = _("ファイルが大きすぎます。%(size)dMB以下にしてください。")
        raise NotAccepted(said % {"size": most // 1024 // 1024})
