"""Appearance 自治体の表示: publishes how the municipality looks, and reads it for every page."""

import hashlib
import json
from collections.abc import Mapping

from django.db import transaction
from django.db.models import Max

from todoke.accounts.models import User
from todoke.audit.log import record
from todoke.design import municipality
from todoke.design.municipality import Municipality
from todoke.file_validation.content_types import image_size, validate_content
from todoke.installation.models import LOGO_BYTES, LOGO_PIXELS, Appearance
from todoke.installation.permissions import EDIT_APPEARANCE
from todoke.runtime.links import path_to
from todoke.runtime.refusals import NotAllowed, Unreadable

LOGO_TYPES: Mapping[str, str] = {"image/png": "png", "image/jpeg": "jpg", "image/webp": "webp"}


def newest() -> Appearance | None:
    """Return the version that holds, or None where nothing was published."""
    return Appearance.objects.first()


def published() -> Municipality | None:
    """Return what the pages show, without the bytes of the logo; None where nothing was published."""
    found = Appearance.objects.defer("logo").first()
    if found is None:
        return None
    suffix = LOGO_TYPES.get(found.logo_type, "")
    return Municipality(
        found.name,
        stylesheet=path_to("portal:appearance-colours", found.digest) if found.accent else "",
        logo=path_to("portal:appearance-logo", found.digest, suffix) if suffix else "",
        links=found.links,
    )


def published_logo() -> bytes:
    """Return the bytes of the logo of the version that holds."""
    found = newest()
    return bytes(found.logo) if found else b""


def read_logo(content: bytes) -> tuple[bytes, str]:
    """Return a logo with its media type. Raises Unreadable for what is no picture, or too large a one."""
    if len(content) > LOGO_BYTES:
        raise Unreadable(f"ロゴが大きすぎます({len(content):,}バイト)。{LOGO_BYTES:,}バイト以下にしてください。")
    kind = validate_content(content)
    if kind not in LOGO_TYPES:
        raise Unreadable("ロゴは PNG、JPEG、WebP のどれかにしてください。")
    if max(image_size(kind, content)) > LOGO_PIXELS:
        raise Unreadable(f"ロゴの縦横が大きすぎます。{LOGO_PIXELS}ピクセル以下にしてください。")
    return content, kind


@transaction.atomic
def publish_appearance(
    *, name: str, accent: str, links: Mapping[str, str], logo: tuple[bytes, str] | None, by: User
) -> Appearance:
    """Publish name, colour, links and logo (None: the present one; no bytes: none) as a new version.

    Raises NotAllowed, ValidationError for a colour that cannot be read or a link that is none.
    """
    if not EDIT_APPEARANCE.held_by(by):
        raise NotAllowed("自治体の表示を決められるのは、DX推進本部事務局とシステム管理担当だけです。")
    before = newest()
    content, kind = logo if logo is not None else (bytes(before.logo), before.logo_type) if before else (b"", "")
    seen = json.dumps([name, accent, dict(links), hashlib.sha256(content).hexdigest()], ensure_ascii=False)
    made = Appearance(
        number=(Appearance.objects.aggregate(last=Max("number"))["last"] or 0) + 1, name=name.strip(),
        accent=accent, links={kind: url for kind, url in links.items() if url}, logo=content, logo_type=kind,
        digest=hashlib.sha256(seen.encode()).hexdigest()[:16],
    )  # fmt: skip
    made.full_clean()
    made.save()
    facts = {"版": made.number, "名前": name, "色": accent, "リンク": dict(links)}
    record(made, "自治体の表示の公開", by=by, after=facts, first=True)
    transaction.on_commit(municipality.forget)
    municipality.forget()
    return made
