"""Asking for records, step by step: what was said, item by item, until all of them are here."""
