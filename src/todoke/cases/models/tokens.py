"""Tokens 整理番号: names of rows in addresses that nobody can guess."""

from django.utils.crypto import get_random_string


def new_token() -> str:
    """Return 32 random letters and digits."""
    return get_random_string(32)
