"""職員: the pages for staff who process applications."""
