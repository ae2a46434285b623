"""Tests of vault.ingest."""
