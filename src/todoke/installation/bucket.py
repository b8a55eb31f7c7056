"""Bucket 置き場: makes the bucket of files in an S3-compatible store, with versions kept."""

import boto3
from botocore.exceptions import BotoCoreError, ClientError
from django.conf import settings

from todoke.runtime.refusals import Unreadable


def make_bucket() -> str:
    """Make the bucket of the settings where it is missing; return its name, "" where files lie in a folder.

    Raises Unreadable where the store refuses or does not answer.
    """
    options = settings.STORAGES["default"].get("OPTIONS", {})
    name = str(options.get("bucket_name", ""))
    if not name:
        return ""
    store = boto3.client("s3", endpoint_url=options["endpoint_url"])
    try:
        if name not in {each["Name"] for each in store.list_buckets()["Buckets"]}:
            store.create_bucket(Bucket=name)
        store.put_bucket_versioning(Bucket=name, VersioningConfiguration={"Status": "Enabled"})
    except (BotoCoreError, ClientError) as problem:
        raise Unreadable(
            f"添付の置き場を使えません({problem})。TODOKE_FILES、TODOKE_S3_URL と鍵を確かめてください。"
        ) from problem
    return name
