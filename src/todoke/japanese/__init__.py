"""日本語: eras, holidays, numerals and words; pure functions for every room."""
