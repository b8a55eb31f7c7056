"""Form packages 様式の受け渡し: exports a form as one signed file and imports it as a draft, also elsewhere.

The file carries the public key of its installation and an Ed25519 signature. Ours, and that of a municipality whose key
was taken in by hand, is verified; of any other the hash shows only whether the file was damaged on the way.
"""

import re
from dataclasses import dataclass
from typing import Any

from todoke.accounts.actors import Actor
from todoke.design.municipality import municipality
from todoke.formbuilder.document.edits import Definition
from todoke.formbuilder.document.parser import canonical_json, fingerprint, load_json, read_document
from todoke.formbuilder.document.schema_reader import InvalidDefinition, Reader
from todoke.formbuilder.models import FormDraft
from todoke.runtime import installation_key

FORMAT = "todoke-form"


@dataclass(frozen=True)
class FormPackage:
    """受け取った様式: the content of a file, whether we signed it, and the municipality known to have signed it."""

    code: str
    origin: str
    document: Definition
    ours: bool
    signed_by: str = ""

    @property
    def origin_description(self) -> str:
        """What is known about the origin of the file, in Japanese."""
        if self.ours:
            return "このシステムが書き出したままの内容です。"
        if self.signed_by:
            return f"{self.signed_by}の様式です。署名を確かめました。"
        return f"{self.origin}の様式です。署名は確かめられません。内容を確かめてから公開してください。"


def _content(body: dict[str, Any]) -> bytes:
    return canonical_json(body).encode()


def export_package(draft: FormDraft) -> str:
    """Return the text of the file of a draft."""
    body: dict[str, Any] = {
        "format": FORMAT,
        "code": draft.code,
        "origin": municipality().name,
        "document": draft.document,
        "hash": fingerprint(draft.document),
        "key": installation_key.public_key(),
    }
    return canonical_json({**body, "signature": installation_key.sign(_content(body))})


def read_package(text: str) -> FormPackage:
    """Parse a file. Raises InvalidDefinition when it is incomplete, damaged, or holds no well-formed document."""
    data = load_json(text)
    reader = Reader(data, "")
    if reader.get("format") != FORMAT:
        raise InvalidDefinition("format", "届けの様式ファイルではありません。")
    code, origin = reader.text("code", limit=60, required=True), reader.text("origin", limit=100)
    document, document_hash, signature = reader.get("document"), reader.text("hash"), reader.text("signature")
    key = reader.text("key", limit=100)
    reader.reject_unknown_keys()
    read_document(document)
    if fingerprint(document) != document_hash:
        raise InvalidDefinition("hash", "ファイルが途中で変わっています。送り主からもう一度受け取ってください。")
    body = {"format": FORMAT, "code": code, "origin": origin, "document": document, "hash": document_hash, "key": key}
    signed = installation_key.is_signed(_content(body), signature, key)
    ours = signed and key == installation_key.public_key()
    return FormPackage(code, origin, document, ours, installation_key.peer_of(key) if signed else "")


def import_package(package: FormPackage, code: str, *, by: Actor) -> FormDraft:
    """Create a draft from a package. Raises InvalidDefinition when the code is invalid or taken."""
    wanted = (code or package.code).lower()
    if not re.fullmatch(r"[-a-z0-9_]{1,60}", wanted):
        raise InvalidDefinition("code", "様式コードは英小文字・数字・ハイフンだけで60文字以内にしてください。")
    if FormDraft.objects.filter(code=wanted).exists():
        raise InvalidDefinition("code", f"様式コード「{wanted}」はもう使われています。別のコードを入れてください。")
    return FormDraft.begin(wanted, package.document, by=by)
