"""職員: pages for staff who process."""
