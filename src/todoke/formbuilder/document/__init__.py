"""Form documents 様式の文書: parsed, edited, compared, translated. Pure: no database."""
