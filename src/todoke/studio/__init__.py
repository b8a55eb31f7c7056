"""設計: the pages for staff who design procedures, forms and flows."""
