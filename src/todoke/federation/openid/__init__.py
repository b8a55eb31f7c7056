"""OpenID Connect, the part of the relying party: pure checks of tokens and keys, without database."""
