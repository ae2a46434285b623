"""Backups of a vault: a folder of ciphertext that holds its last generations."""
