"""Tests of vault.model."""
