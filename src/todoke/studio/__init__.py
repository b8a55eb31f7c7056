"""設計: pages for staff who design procedures, forms and flows."""
