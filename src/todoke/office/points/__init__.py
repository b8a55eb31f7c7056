"""ポイント: programmes and grants, cards at the counter, shops, and what the shops are paid."""
