"""Scanning: paper goes from a SANE scanner into the vault without a file in between."""
