"""Certificates 証明書の交付: shares by way, bills and the ways during an outage."""
