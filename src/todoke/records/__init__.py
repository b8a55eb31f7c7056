"""公文書: classification, record files, retention, disposal and disclosure."""
