"""Identities 本人確認: signing in by a provider, linking, and showing oneself once more."""
