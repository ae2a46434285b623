"""Tests of vault.review."""
