"""Tests of the encrypted vault."""
