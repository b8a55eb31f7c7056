"""住民: pages for residents."""
