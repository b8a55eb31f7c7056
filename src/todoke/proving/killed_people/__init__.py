"""Killed people 止められる人々: processes of people who act by chance and are killed again and again."""
