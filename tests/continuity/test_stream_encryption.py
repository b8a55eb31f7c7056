"""What is sealed opens with its key and not otherwise; every change shows."""

import io
from pathlib import Path

import pytest

from todoke.continuity import stream_encryption
from todoke.continuity.stream_encryption import CHUNK, CorruptStream

KEY = bytes(range(32))


def sealed(content: bytes, key: bytes = KEY) -> bytes:
    target = io.BytesIO()
    stream_encryption.encrypt(io.BytesIO(content), target, key)
    return target.getvalue()


def opened(stream: bytes, key: bytes = KEY) -> bytes:
    return b"".join(stream_encryption.decrypt(io.BytesIO(stream), key))


@pytest.mark.parametrize("size", [0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 3 * CHUNK])
def test_everything_that_was_sealed_comes_back(size: int) -> None:
    content = b"\xe5\xb1\x8a"[:1] * size
    assert opened(sealed(content)) == content
    assert stream_encryption.content_size(len(sealed(content))) == size


def test_nothing_readable_stands_in_a_sealed_stream() -> None:
    assert "山田 花子".encode() not in sealed("山田 花子".encode() * 1000)


def test_another_key_opens_nothing() -> None:
    with pytest.raises(CorruptStream):
        opened(sealed(b"secret"), bytes(32))


@pytest.mark.parametrize("place", [0, 5, 30, CHUNK, -1])
def test_one_changed_byte_is_found(place: int) -> None:
    stream = bytearray(sealed(b"x" * (CHUNK + 100)))
    stream[place] ^= 1
    with pytest.raises(CorruptStream):
        opened(bytes(stream))


def test_a_missing_end_is_found_even_between_two_chunks() -> None:
    stream = sealed(b"x" * (2 * CHUNK))
    first = len(stream_encryption.MAGIC) + 16 + CHUNK + stream_encryption.TAG
    with pytest.raises(CorruptStream):
        opened(stream[:first])


def test_exchanged_chunks_are_found() -> None:
    stream = sealed(b"a" * CHUNK + b"b" * CHUNK + b"c")
    head, size = len(stream_encryption.MAGIC) + 16, CHUNK + stream_encryption.TAG
    exchanged = stream[:head] + stream[head + size : head + 2 * size] + stream[head : head + size]
    with pytest.raises(CorruptStream):
        opened(exchanged + stream[head + 2 * size :])


def test_a_key_is_never_replaced(tmp_path: Path) -> None:
    key = stream_encryption.make_key(tmp_path / "key")
    assert stream_encryption.read_key(tmp_path / "key") == key
    assert (tmp_path / "key").stat().st_mode & 0o777 == 0o600
    with pytest.raises(FileExistsError):
        stream_encryption.make_key(tmp_path / "key")
    (tmp_path / "key").write_text("not a key")
    with pytest.raises(CorruptStream):
        stream_encryption.read_key(tmp_path / "key")
