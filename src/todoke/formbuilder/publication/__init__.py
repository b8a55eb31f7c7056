"""Publication 公開: checks before a form is published, and its paper form, manuals and exchange file."""
