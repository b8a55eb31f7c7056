"""案内: finding the right procedure in a person's own words, and saying what it takes."""
