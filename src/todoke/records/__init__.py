"""公文書: files, retention, disposal and disclosure."""
