"""Secrets at rest 秘密の残り: a proof that no secret of a person is stored, logged or backed up in clear."""
