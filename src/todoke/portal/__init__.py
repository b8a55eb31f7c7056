"""住民: the pages for residents."""
