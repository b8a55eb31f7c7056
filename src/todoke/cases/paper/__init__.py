"""Paper 紙: applications that came as scanned sheets."""
