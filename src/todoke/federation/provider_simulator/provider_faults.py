"""Provider faults 認証元の故障: what a provider, or somebody in between, may do wrong; each by its name."""

FAULTS = (
    "wrong-iss", "other-iss-same-code", "wrong-aud", "two-aud-no-azp", "no-sub", "no-iat", "expired", "future",
    "wrong-nonce", "no-nonce", "alg-none", "hs256-with-public-key", "bad-signature", "unknown-kid",
    "kid-absent-two-keys", "rotated-key", "userinfo-other-sub", "wrong-at-hash", "weak-acr", "stale-auth-time",
    "token-twice", "code-twice", "discovery-other-issuer", "slow", "down", "500", "huge-answer",
    "redirecting-token-endpoint", "logout-replayed", "logout-with-nonce",
)  # fmt: skip
ENDURED = frozenset({"rotated-key"})
"""What a good client gets over: it reads the keys once more and signs the person in."""
