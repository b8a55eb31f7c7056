"""読取り: batches of scanned sheets, their checking field by field, and what that saved."""
