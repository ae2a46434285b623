"""Tests of vault.facts."""
