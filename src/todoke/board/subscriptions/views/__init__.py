"""Pages of the subscriptions."""
