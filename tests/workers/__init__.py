"""Tests of vault.workers."""
