"""Forms of the pages of the devices."""
