"""Points 地域ポイント: programmes, the eligible, cards of paper, shops, redemptions and their settlement to the yen."""
