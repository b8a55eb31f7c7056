"""Text extraction 文章の読取り: the text of Word and PDF files as a person sees it."""
