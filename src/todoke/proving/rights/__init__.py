"""Proof of rights 権限の検証: each request of an honest journey is sent by whoever may not, when it would work."""
