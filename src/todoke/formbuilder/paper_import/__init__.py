"""Sheets 紙の様式の読み取り: XLSX and DOCX forms made for paper become drafts of questions."""
