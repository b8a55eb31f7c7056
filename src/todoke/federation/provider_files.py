"""Provider files 認証元の設定ファイル: the providers of an installation as a TOML file, read as often as one likes.

Each table is a provider under the name of its address; ``secret_file`` names a file, so that none stands here.
"""

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from todoke.accounts.actors import Actor
from todoke.federation.identity_providers import IdentityProvider
from todoke.runtime.refusals import Unreadable

KNOWN = frozenset(
    {
        "name", "audience", "issuer", "client_id", "client_proof", "algorithms", "scopes", "acr_levels",
        "least_authentication", "sends_issuer", "reads_userinfo", "assertion_to_token_endpoint",
    }
)  # fmt: skip


def read_providers(path: Path, *, by: Actor) -> Iterator[str]:
    """Register or change the providers of a file (設定ファイルの読み込み); yield what was done to each.

    Raises Unreadable, ValidationError, OSError.
    """
    try:
        tables = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as problem:
        raise Unreadable(f"設定ファイルを読めません: {problem}") from None
    for slug, table in tables.items():
        yield f"{slug}: {_read(path, slug, table, by=by)}"


def _read(path: Path, slug: str, table: Any, *, by: Actor) -> str:
    if not isinstance(table, dict) or set(table) - KNOWN - {"secret_file"}:
        unknown = "、".join(sorted(set(table) - KNOWN - {"secret_file"})) if isinstance(table, dict) else "表の外の値"
        raise Unreadable(f"{slug} に知らない項目があります: {unknown}")
    terms = {name: value for name, value in table.items() if name in KNOWN}
    secret = (path.parent / table["secret_file"]).read_text(encoding="utf-8").strip() if "secret_file" in table else ""
    found = IdentityProvider.objects.filter(slug=slug).first()
    if found is None:
        IdentityProvider.register(by=by, secret=secret, slug=slug, **terms)
        return "登録しました"
    if all(getattr(found, name) == value for name, value in terms.items()) and secret in {"", found.secret}:
        return "変わりません"
    found.edit(by=by, secret=secret, **terms)
    return "直しました"
