"""Exchange 様式の受け渡し: one signed file holds a whole form, so that municipalities can share it without loss.

The signature is HMAC-SHA256 with a key of the installation: a file of our own is recognised as unchanged. A file from
elsewhere is taken in as a draft and says so; the hash inside shows whether it was damaged on the way.
"""

import hashlib
import hmac
import re
from dataclasses import dataclass
from typing import Any

from django.conf import settings

from todoke.accounts.actors import Actor
from todoke.formbuilder.document.edits import Definition
from todoke.formbuilder.document.parser import canonical, fingerprint, load, read_document
from todoke.formbuilder.document.schema_reader import InvalidDefinition, Reader
from todoke.formbuilder.models import FormDraft

FORMAT = "todoke-form"


@dataclass(frozen=True)
class Parcel:
    """受け取った様式: what a file holds, and whether it carries our own signature."""

    code: str
    origin: str
    document: Definition
    ours: bool

    @property
    def origin_words(self) -> str:
        """Say what can be known about where the file comes from."""
        if self.ours:
            return "このシステムが書き出したままの内容です。"
        return f"{self.origin}の様式です。署名は確かめられません。内容を確かめてから公開してください。"


def _signature(body: dict[str, Any]) -> str:
    key = hashlib.sha256(b"todoke-form:" + settings.SECRET_KEY.encode()).digest()
    return hmac.new(key, canonical(body).encode(), hashlib.sha256).hexdigest()


def written(draft: FormDraft) -> str:
    """Return a draft as the text of a file."""
    body: dict[str, Any] = {
        "format": FORMAT,
        "code": draft.code,
        "origin": settings.MUNICIPALITY,
        "document": draft.document,
        "hash": fingerprint(draft.document),
    }
    return canonical({**body, "signature": _signature(body)})


def read(text: str) -> Parcel:
    """Read a file. Raises ``InvalidDefinition`` when it is not whole, was damaged, or holds no well-formed document."""
    data = load(text)
    reader = Reader(data, "")
    if reader.take("format") != FORMAT:
        raise InvalidDefinition("format", "届けの様式ファイルではありません。")
    code, origin = reader.text("code", limit=60, required=True), reader.text("origin", limit=100)
    document, seal, signature = reader.take("document"), reader.text("hash"), reader.text("signature")
    reader.close()
    read_document(document)
    if fingerprint(document) != seal:
        raise InvalidDefinition("hash", "ファイルが途中で変わっています。送り主からもう一度受け取ってください。")
    body = {"format": FORMAT, "code": code, "origin": origin, "document": document, "hash": seal}
    return Parcel(code, origin, document, hmac.compare_digest(signature, _signature(body)))


def take_in(parcel: Parcel, code: str, *, by: Actor) -> FormDraft:
    """Make a draft of what was received. Raises ``InvalidDefinition`` when the code is taken."""
    wanted = (code or parcel.code).lower()
    if not re.fullmatch(r"[-a-z0-9_]{1,60}", wanted):
        raise InvalidDefinition("code", "様式コードは英小文字・数字・ハイフンだけで60文字以内にしてください。")
    if FormDraft.objects.filter(code=wanted).exists():
        raise InvalidDefinition("code", f"様式コード「{wanted}」はもう使われています。別のコードを入れてください。")
    return FormDraft.begin(wanted, parcel.document, by=by)
