"""様式の移行: forms that were built in other form services become drafts."""
