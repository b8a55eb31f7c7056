"""案内: search of procedures by everyday words, and summaries of what each requires."""
