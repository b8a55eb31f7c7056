"""The search of the proof sees a secret in every form in which a store may hold it, and no other number."""

import base64

import pytest
from stdnum.jp import in_

from todoke.proving.secrets_at_rest.journeys import MY_NUMBER
from todoke.proving.secrets_at_rest.secret_encodings import found_in

SECRET = "Zq7-link_of_hanako"


@pytest.mark.parametrize("before", ["", "x", "xy"])
@pytest.mark.parametrize("after", ["", "z", "zz"])
def test_a_secret_inside_a_longer_text_in_base64_is_seen(before: str, after: str) -> None:
    for encode in (base64.b64encode, base64.urlsafe_b64encode):
        assert found_in(b"{" + encode(f"{before}{SECRET}{after}".encode()) + b"}", SECRET)


def test_a_secret_in_clear_hex_percent_and_utf_16_is_seen() -> None:
    percent = "".join(f"%{byte:02x}" for byte in SECRET.encode()).encode()
    for data in (SECRET.encode(), SECRET.encode().hex().encode(), SECRET.encode("utf-16"), percent):
        assert found_in(b"before " + data + b" after", SECRET)


def test_six_digits_inside_a_hash_are_no_code() -> None:
    assert found_in("確認番号は 123456 です".encode(), "123456") == ["そのまま"]
    assert found_in(b"9f123456ab 0.123456", "123456") == []


def test_the_my_number_of_the_proof_passes_its_check_digit() -> None:
    assert in_.is_valid(MY_NUMBER)
