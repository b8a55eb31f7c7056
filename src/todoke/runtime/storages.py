"""The store 置き場: which of Django's storages keeps the files of an installation."""

from typing import Any
from urllib.parse import urlsplit


def store_of(address: str, endpoint: str) -> dict[str, Any]:
    """Return the setting for ``s3://bucket/prefix`` at an endpoint (Amazon's own without one), or for the folder."""
    parts = urlsplit(address)
    if parts.scheme != "s3":
        return {"BACKEND": "todoke.audit.file_sync.DurableStorage"}
    options = {
        "bucket_name": parts.netloc,
        "location": parts.path.strip("/"),
        "endpoint_url": endpoint or None,
        "addressing_style": "path" if endpoint else "auto",
        "file_overwrite": False,
        "signature_version": "s3v4",
    }
    return {"BACKEND": "storages.backends.s3.S3Storage", "OPTIONS": options}
