"""Forms of bookings that staff enter."""
