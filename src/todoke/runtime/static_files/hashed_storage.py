"""Static files 静的ファイル: styles and scripts under hashed names, compressed once, kept by browsers for a year.

They are collected when a server starts, for its build; pages of an older build find theirs as long as it runs.
"""

from typing import Any

from django.conf import settings
from django.core.management import call_command
from whitenoise.storage import CompressedManifestStaticFilesStorage

from todoke.runtime.build_identity import build_identity

MARK = "build.txt"


class HashedStaticFiles(CompressedManifestStaticFilesStorage):  # type: ignore[misc] # whitenoise carries no types
    """Storage of static files; where this build was not collected, files keep their plain names."""

    manifest_strict = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        collected = collected_build()
        if not collected or collected != build_identity():
            self.hashed_files: dict[str, str] = {}

    def stored_name(self, name: str) -> str:
        """Return the hashed name of a file, or its plain one."""
        return self.hashed_files.get(self.hash_key(self.clean_name(name)), name)


def collected_build() -> str:
    """Return the build whose static files were collected last; "" for none."""
    mark = settings.STATIC_ROOT / MARK
    return mark.read_text() if mark.exists() else ""


def collect() -> bool:
    """Collect the static files of this build; False where that was done before. Raises OSError."""
    if collected_build() == build_identity():
        return False
    settings.STATIC_ROOT.mkdir(parents=True, exist_ok=True)
    call_command("collectstatic", interactive=False, verbosity=0)
    (settings.STATIC_ROOT / MARK).write_text(build_identity())
    return True
