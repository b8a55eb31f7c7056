"""Simulated provider 模擬の認証元: one house of the simulator: its keys, codes and tokens, without HTTP."""

import base64
import hashlib
import secrets
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import ECKey, KeySet, RSAKey

from todoke.federation.openid.token_validation import LOGOUT_EVENT
from todoke.federation.provider_simulator.fictional_people import PEOPLE, Person
from todoke.federation.provider_simulator.token_forgery import forged_claims, signed_with_faults

STRONG = {"card": "urn:mynumber:aal3", "business": "urn:gbizid:prime", "staff": "urn:staff:mfa"}
SECRET = "simulated-secret"  # noqa: S105 - of the simulator, which identifies nobody
VALID = 300


class AnsweredNo(Exception):
    """The provider does not answer as asked: an OAuth error code."""


@dataclass
class Grant:
    """コード: what a code stands for until it is used."""

    person: Person
    asked: Mapping[str, str]
    at: int
    sid: str


@dataclass
class SimulatedProvider:
    """模擬の認証元: a house, strict as the real one; ``faults`` are those switched on now."""

    house: str
    issuer: str
    return_address: str
    client_id: str = "todoke"
    client_keys: dict[str, Any] = field(default_factory=dict)
    faults: set[str] = field(default_factory=set)
    codes: dict[str, Grant] = field(default_factory=dict)
    access_tokens: dict[str, Person] = field(default_factory=dict)
    sids: dict[str, list[str]] = field(default_factory=dict)
    assertions: set[str] = field(default_factory=set)
    groups: dict[str, tuple[str, ...]] = field(default_factory=dict)
    last_code: str = ""
    last_token: str = ""
    signed_out_address: str = ""
    key_reads: int = 0

    def __post_init__(self) -> None:
        new = ECKey.generate_key if self.house == "card" else RSAKey.generate_key
        terms: Any = "P-256" if self.house == "card" else 2048
        self.keys: list[Any] = [new(terms, {"kid": f"{self.house}-{number}", "use": "sig"}) for number in (1, 2)]

    @property
    def algorithm(self) -> str:
        """Return what the house signs with."""
        return "ES256" if self.house == "card" else "RS256"

    def metadata(self) -> dict[str, str]:
        """Return what the house publishes about itself."""
        issuer = f"{self.issuer}-other" if "discovery-other-issuer" in self.faults else self.issuer
        pages = {"authorization_endpoint": "authorize", "token_endpoint": "token", "jwks_uri": "keys"}
        pages |= {"userinfo_endpoint": "userinfo", "end_session_endpoint": "logout"}
        return {"issuer": issuer, **{name: f"{self.issuer}/{page}" for name, page in pages.items()}}

    def key_set(self) -> dict[str, Any]:
        """Return the public keys in force."""
        self.key_reads += 1
        shown = self.keys if "kid-absent-two-keys" in self.faults else self.keys[:1]
        if "rotated-key" in self.faults:
            shown = self.keys[1:]
        return KeySet(shown).as_dict(private=False)  # type: ignore[return-value] # a plain dictionary

    def require_request(self, asked: Mapping[str, str]) -> None:
        """Check an authorization request as strictly as the real provider. Raises AnsweredNo."""
        right = {
            "response_type": "code", "client_id": self.client_id, "redirect_uri": self.return_address,
            "code_challenge_method": "S256",
        }  # fmt: skip
        if any(asked.get(name) != value for name, value in right.items()):
            raise AnsweredNo("invalid_request")
        if not all(asked.get(name) for name in ("state", "nonce", "code_challenge")):
            raise AnsweredNo("invalid_request")

    def authorize(self, asked: Mapping[str, str], person: Person) -> dict[str, str]:
        """Identify a person; return the parameters with which the browser goes back. Raises AnsweredNo."""
        self.require_request(asked)
        code, sid = secrets.token_urlsafe(24), secrets.token_urlsafe(12)
        self.codes[code] = Grant(person, dict(asked), int(time.time()), sid)
        self.sids.setdefault(person.key, []).append(sid)
        if "code-twice" in self.faults and self.last_code:
            code = self.last_code
        self.last_code = code
        issuer = f"{self.issuer}-other" if "other-iss-same-code" in self.faults else self.issuer
        return {"code": code, "state": asked["state"], "iss": issuer}

    def silently(self, asked: Mapping[str, str], person: Person | None) -> dict[str, str]:
        """Answer a request that may ask a person nothing, by whom the browser has shown before. Raises AnsweredNo."""
        self.require_request(asked)
        return self.authorize(asked, person) if person else {"error": "login_required", "state": asked["state"]}

    def sign_out(self, asked: Mapping[str, str]) -> str:
        """Return where somebody who signs out is sent back to. Raises AnsweredNo for a token that is not of ours."""
        if "down" in self.faults:
            raise AnsweredNo("temporarily_unavailable")
        try:
            claims = jwt.decode(asked.get("id_token_hint", ""), KeySet(self.keys), algorithms=[self.algorithm]).claims
        except (JoseError, ValueError):
            raise AnsweredNo("invalid_request") from None
        back = asked.get("post_logout_redirect_uri", "")
        if claims["aud"] != self.client_id or back != self.signed_out_address:
            raise AnsweredNo("invalid_request")
        return f"{back}?{urlencode({'state': asked.get('state', '')})}"

    def exchange(self, given: Mapping[str, str], basic: str) -> dict[str, Any]:
        """Return the tokens for a code, once. Raises AnsweredNo."""
        self._require_client(given, basic)
        grant = self.codes.pop(given.get("code", ""), None)
        if grant is None or given.get("redirect_uri") != grant.asked["redirect_uri"]:
            raise AnsweredNo("invalid_grant")
        if _digest(given.get("code_verifier", ""), 32) != grant.asked["code_challenge"]:
            raise AnsweredNo("invalid_grant")
        access = secrets.token_urlsafe(24)
        self.access_tokens[access] = grant.person
        token = self._id_token(grant, access)
        if "token-twice" in self.faults and self.last_token:
            token = self.last_token
        self.last_token = token
        return {"access_token": access, "token_type": "Bearer", "expires_in": VALID, "id_token": token}

    def userinfo(self, access: str) -> dict[str, str]:
        """Return what the house says of the person of an access token. Raises AnsweredNo."""
        person = self.access_tokens.get(access)
        if person is None:
            raise AnsweredNo("invalid_token")
        of = PEOPLE["takasaki"] if "userinfo-other-sub" in self.faults else person
        return {"sub": of.subject(self.client_id), **person.attributes()}

    def groups_of(self, person: Person) -> tuple[str, ...]:
        """Return the groups of a person as they are now."""
        return self.groups.get(person.key, person.groups)

    def logout_token(self, person: Person, *, sid: str = "") -> str:
        """Return a logout token for a person, or for one sign-in of theirs."""
        now = int(time.time())
        claims: dict[str, Any] = {
            "iss": self.issuer, "aud": self.client_id, "iat": now, "exp": now + 120, "jti": secrets.token_urlsafe(12),
            "events": {LOGOUT_EVENT: {}}, **({"sid": sid} if sid else {"sub": person.subject(self.client_id)}),
        }  # fmt: skip
        if "logout-with-nonce" in self.faults:
            claims["nonce"] = "n"
        return jwt.encode({"alg": self.algorithm, "kid": self.keys[0].kid}, claims, self.keys[0], [self.algorithm])

    def _require_client(self, given: Mapping[str, str], basic: str) -> None:
        if self.house == "staff":
            if basic != base64.b64encode(f"{self.client_id}:{SECRET}".encode()).decode():
                raise AnsweredNo("invalid_client")
            return
        try:
            keys = KeySet.import_key_set({"keys": self.client_keys["keys"]})
            claims = jwt.decode(given.get("client_assertion", ""), keys, algorithms=["ES256"]).claims
        except (JoseError, ValueError, KeyError):
            raise AnsweredNo("invalid_client") from None
        fresh = claims["jti"] not in self.assertions and time.time() < claims["exp"] <= time.time() + 61
        if claims["aud"] != self.issuer or claims["iss"] != self.client_id or not fresh:
            raise AnsweredNo("invalid_client")
        self.assertions.add(claims["jti"])

    def _id_token(self, grant: Grant, access: str) -> str:
        person, now = grant.person, int(time.time())
        claims: dict[str, Any] = {
            "iss": self.issuer, "aud": self.client_id, "sub": person.subject(self.client_id), "iat": now,
            "exp": now + VALID, "nonce": grant.asked["nonce"], "auth_time": grant.at, "sid": grant.sid,
            "acr": STRONG[self.house], "at_hash": _digest(access, 16), "jti": secrets.token_urlsafe(12),
        }  # fmt: skip
        if self.house == "staff":
            claims |= {"groups": list(self.groups_of(person)), "name": person.name}
        claims = forged_claims(claims, self.faults)
        header: dict[str, Any] = {"alg": self.algorithm, "kid": self.keys[0].kid}
        return signed_with_faults(header, claims, self.faults, self.keys)


def _digest(text: str, size: int) -> str:
    digest = hashlib.sha256(text.encode()).digest()[:size]
    return base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
