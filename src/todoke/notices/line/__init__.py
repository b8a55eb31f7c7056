"""LINE: a channel for public words only, off until the municipality decided; nothing personal goes in or out."""
