"""Invented records, and the story the demo tells with them."""
