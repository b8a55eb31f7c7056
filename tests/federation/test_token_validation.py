"""What no simulator switches on: headers that bring keys, tokens of wrong shape, and keys that may not be used."""

import base64
import json
from datetime import UTC, datetime
from typing import Any

import pytest
from joserfc import jws
from joserfc.jwk import ECKey, KeySet, OctKey, RSAKey

from todoke.federation.openid.provider_keys import ProviderKeys
from todoke.federation.openid.token_refusals import KeyUnknown, NotAccepted
from todoke.federation.openid.token_validation import (
    LOGOUT_EVENT,
    Expectation,
    hash_of,
    validate_id_token,
    validate_logout_token,
)

NOW = datetime(2026, 11, 30, 3, tzinfo=UTC)
AT = int(NOW.timestamp())
KEY = ECKey.generate_key("P-256", {"kid": "one", "use": "sig"})
WANTED = Expectation("https://id.example", "us", frozenset({"ES256"}), NOW, nonce_hash=hash_of("n"), access_token="a")
CLAIMS = {"iss": "https://id.example", "aud": "us", "sub": "s", "iat": AT, "exp": AT + 300, "nonce": "n"}
LOGOUT = {"iss": "https://id.example", "aud": "us", "sub": "s", "iat": AT, "jti": "j", "events": {LOGOUT_EVENT: {}}}


def keys_of(*keys: Any) -> ProviderKeys:
    return ProviderKeys(KeySet(list(keys)).as_dict(private=False))


def token(claims: dict[str, Any] | None = None, key: Any = KEY, **header: Any) -> str:
    head = {"alg": "ES256", "kid": "one", **header}
    registry = jws.JWSRegistry(algorithms=[head["alg"]], strict_check_header=False)
    return jws.serialize_compact(head, json.dumps(CLAIMS | (claims or {})), key, registry=registry)


def test_a_right_token_is_accepted_with_its_claims() -> None:
    valid = validate_id_token(token(), keys_of(KEY), WANTED)
    assert (valid.subject, valid.expires_at.timestamp()) == ("s", AT + 360)
    assert valid.mark == hash_of(token_text := token()) or len(valid.mark) == 64
    assert len(token_text) < 8192


@pytest.mark.parametrize("name", ["jku", "x5u", "jwk", "x5c", "crit"])
def test_a_header_brings_no_key_and_no_rules(name: str) -> None:
    value = {"jwk": KEY.as_dict(private=False), "x5c": ["MA=="], "crit": ["exp"]}.get(name, "https://evil.example/keys")
    part = base64.urlsafe_b64encode(json.dumps({"alg": "ES256", "kid": "one", name: value}).encode()).rstrip(b"=")
    forged = f"{part.decode()}.{token().split('.', 1)[1]}"
    with pytest.raises(NotAccepted) as refused:
        validate_id_token(forged, keys_of(KEY), WANTED)
    assert refused.value.reason == "トークンが鍵を持ち込んでいます"


@pytest.mark.parametrize(
    ("claims", "reason"),
    [
        ({"azp": "another"}, "azpが違います"),
        ({"aud": ["us", "other"], "azp": "us"}, "知らないあて先があります"),
        ({"aud": []}, "ほかのサービスあてのトークンです"),
        ({"nbf": AT + 120}, "まだ使えないトークンです"),
        ({"exp": True}, "expがありません"),
        ({"iat": "today"}, "iatがありません"),
        ({"exp": 1e300}, "expを読めません"),
        ({"sub": "ず" * 5}, "subがありません"),
        ({"sub": "x" * 256}, "subがありません"),
        ({"sub": ""}, "subがありません"),
        ({"at_hash": 5}, "at_hashが違います"),
        ({"nonce": None}, "nonceが一致しません"),
        ({"iat": AT - 601}, "トークンの発行日時が合いません"),
    ],
)
def test_each_wrong_claim_is_refused_for_its_own_reason(claims: dict[str, Any], reason: str) -> None:
    with pytest.raises(NotAccepted) as refused:
        validate_id_token(token(claims), keys_of(KEY), WANTED)
    assert refused.value.reason == reason


@pytest.mark.parametrize("text", ["", "a.b", "a.b.c.d", "é.b.c", "x" * 9000, "e30.e30.", "W10.e30.c2ln", "{}.e30.c2ln"])
def test_what_is_no_token_is_refused(text: str) -> None:
    with pytest.raises(NotAccepted):
        validate_id_token(text, keys_of(KEY), WANTED)


def test_a_skew_of_a_minute_is_borne() -> None:
    claims = {"exp": AT - 59, "iat": AT - 300}
    assert validate_id_token(token(claims), keys_of(KEY), WANTED).subject == "s"
    assert validate_id_token(token({"iat": AT + 59}), keys_of(KEY), WANTED).subject == "s"


def test_secret_private_and_short_keys_are_never_used() -> None:
    secret = OctKey.generate_key(256, {"kid": "one"})
    private = ProviderKeys({"keys": [KEY.as_dict(private=True), secret.as_dict(private=True)]})
    with pytest.raises(KeyUnknown):
        validate_id_token(token(), private, WANTED)
    short = RSAKey.generate_key(1024, {"kid": "one"})
    with pytest.raises(NotAccepted) as refused:
        keys_of(short).key_for({"alg": "RS256", "kid": "one"})
    assert refused.value.reason == "認証元の鍵が短すぎます"


def test_a_key_for_something_else_does_not_verify() -> None:
    for other in ({"use": "enc"}, {"alg": "ES384"}):
        with pytest.raises(NotAccepted):
            keys_of(ECKey.import_key({**KEY.as_dict(private=True), **other})).key_for({"alg": "ES256", "kid": "one"})
    with pytest.raises(NotAccepted):
        keys_of(KEY).key_for({"alg": "RS256", "kid": "one"})
    assert ProviderKeys({"keys": "nothing"}) is not None


@pytest.mark.parametrize(
    "change",
    [
        {"events": {}}, {"events": [LOGOUT_EVENT]}, {"nonce": "n"}, {"jti": ""}, {"iat": AT - 200}, {"iat": AT + 90},
        {"sub": "", "sid": "s"}, {"exp": AT - 100}, {"aud": "other"}, {"iss": "https://other.example"},
    ],
)  # fmt: skip
def test_a_logout_token_is_as_strictly_checked(change: dict[str, Any]) -> None:
    good = jws.serialize_compact({"alg": "ES256", "kid": "one"}, json.dumps(LOGOUT), KEY, algorithms=["ES256"])
    assert validate_logout_token(good, keys_of(KEY), WANTED).subject == "s"
    bad = jws.serialize_compact({"alg": "ES256", "kid": "one"}, json.dumps(LOGOUT | change), KEY, algorithms=["ES256"])
    with pytest.raises(NotAccepted):
        validate_logout_token(bad, keys_of(KEY), WANTED)


def test_a_logout_token_names_somebody() -> None:
    nobody = {name: value for name, value in LOGOUT.items() if name != "sub"}
    bad = jws.serialize_compact({"alg": "ES256", "kid": "one"}, json.dumps(nobody), KEY, algorithms=["ES256"])
    with pytest.raises(NotAccepted):
        validate_logout_token(bad, keys_of(KEY), WANTED)
