"""Spreadsheets 表ファイル: CSV and XLSX that strangers made."""
