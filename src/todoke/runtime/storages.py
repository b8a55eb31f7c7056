"""Storages 置き場: settings of the Django storage for uploaded and generated files."""

from typing import Any
from urllib.parse import urlsplit


def storage_settings(address: str, endpoint: str) -> dict[str, Any]:
    """Return the storage settings for ``s3://bucket/prefix`` at an endpoint (default Amazon), or for a local folder."""
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
