"""Paper import 紙の様式の読み取り: recognises questions in XLSX and DOCX forms made for paper."""
