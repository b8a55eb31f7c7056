"""Correction 補正: what comes to the office for a request, and what of the case follows the corrected answers."""
