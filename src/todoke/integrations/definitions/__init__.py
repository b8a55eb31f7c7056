"""Definitions 様式の定義: forms that were built in other form services become drafts here."""
