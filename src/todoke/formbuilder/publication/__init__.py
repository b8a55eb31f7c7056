"""Publication 公開: checks before a form is frozen, and what is printed or exchanged of it."""
