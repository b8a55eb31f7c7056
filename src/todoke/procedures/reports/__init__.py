"""Reports on paper 報告書の印字: the typst templates of the reviews and what prints them."""
