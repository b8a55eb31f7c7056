"""The bucket of files is there after one command, however often it is given."""

from collections.abc import Iterator

import boto3
import pytest
from moto.server import ThreadedMotoServer
from pytest_django import Settings

from todoke.installation.bucket import make_bucket
from todoke.runtime.refusals import Unreadable
from todoke.runtime.storages import storage_settings


@pytest.fixture
def store(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.setenv(name, "test")
    monkeypatch.setenv("AWS_DEFAULT_REGION", "us-east-1")
    server = ThreadedMotoServer(port=0)
    server.start()
    host, port = server.get_host_and_port()
    address = f"http://{host}:{port}"
    settings.STORAGES = {**settings.STORAGES, "default": storage_settings("s3://todoke/files", address)}
    yield address
    server.stop()


def test_it_is_made_once_and_keeps_versions(store: str) -> None:
    assert (make_bucket(), make_bucket()) == ("todoke", "todoke")
    versions = boto3.client("s3", endpoint_url=store).get_bucket_versioning(Bucket="todoke")
    assert versions["Status"] == "Enabled"


def test_a_store_that_does_not_answer_is_said(store: str, settings: Settings) -> None:
    settings.STORAGES = {**settings.STORAGES, "default": storage_settings("s3://todoke", "http://127.0.0.1:9")}
    with pytest.raises(Unreadable, match="TODOKE_S3_URL"):
        make_bucket()


def test_files_in_a_folder_need_none() -> None:
    assert make_bucket() == ""
