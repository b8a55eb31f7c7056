"""URLs of bookings for staff."""
