"""案件の公文書: the file of a decided case, its disposal, and a copy for disclosure."""
