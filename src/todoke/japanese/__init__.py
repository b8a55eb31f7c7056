"""日本語: eras, holidays, numerals and words; pure functions that every storey may use."""
