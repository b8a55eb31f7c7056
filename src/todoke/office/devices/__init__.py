"""Devices 機器: the register, loans, use, losses and stocktakes, and what a person has borrowed."""
