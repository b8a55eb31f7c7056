"""Points proof ポイントの検証: people who claim, buy and cancel while they are killed, and what must hold then."""
