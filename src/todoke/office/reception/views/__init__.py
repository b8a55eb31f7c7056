"""Views of bookings for staff."""
