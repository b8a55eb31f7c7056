"""Names and a password that the driver shares with the office of the surge; the driver itself needs no settings."""

WORDS = "混雑の検証"
CLERK = "clerk@proof.example"
PASSWORD = "proof of nothing lost"
