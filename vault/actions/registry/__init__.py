"""Providers from files of the national registry of provider identifiers."""
