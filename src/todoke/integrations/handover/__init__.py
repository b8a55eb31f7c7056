"""Hand-over 引渡し: parcels of applications and states between two installations that no network joins (LGWAN)."""
