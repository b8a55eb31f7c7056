"""ポイント: what a resident has and shows in a shop, and what a shop takes and is paid."""
