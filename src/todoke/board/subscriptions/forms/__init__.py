"""Forms of the pages of the subscriptions."""
