"""Forms of bookings for residents."""
