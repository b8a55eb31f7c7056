"""Certificates 証明書の交付: statements of konbini, the check of their bills, and notices of outages both ways."""
