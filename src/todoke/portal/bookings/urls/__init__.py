"""URLs of bookings for residents."""
