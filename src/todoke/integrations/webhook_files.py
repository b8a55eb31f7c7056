"""Webhook files 知らせのファイル: where no network leads to a partner, each event is a signed file to be carried there.

A file holds the headers and the body of the specification, so that the partner checks it as it would check a request.
It appears whole or not at all: it is written beside its place, synced and renamed.
"""

import json
from collections.abc import Mapping
from pathlib import Path

from django.conf import settings

from todoke.integrations.whole_files import write_whole

WRITTEN = 201


class NoFolder(OSError):
    """置き場がない: the operator named no folder for files of partners."""


def folder_of(partner: str) -> Path:
    """Return the folder of a partner's files by its code, which is there afterwards. Raises NoFolder, OSError."""
    if not settings.WEBHOOK_FILES:
        raise NoFolder("知らせのファイルの置き場が決まっていません")
    place = Path(settings.WEBHOOK_FILES) / partner
    place.mkdir(parents=True, exist_ok=True)
    return place


def write_event(partner: str, body: bytes, headers: Mapping[str, str]) -> int:
    """Write an event as a file under its identity (書き出し), twice the same file; return 201. Raises OSError."""
    place = folder_of(partner)
    told = json.dumps({"headers": dict(headers), "body": body.decode()}, ensure_ascii=False, indent=1)
    write_whole(place / f"{headers['webhook-id']}.json", [told.encode()])
    return WRITTEN
