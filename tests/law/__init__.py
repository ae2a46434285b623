"""Tests of vault.law."""
