"""Views of bookings for residents."""
