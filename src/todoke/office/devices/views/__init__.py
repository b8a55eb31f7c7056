"""Pages of the devices."""
