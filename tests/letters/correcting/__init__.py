"""Tests of the letters of corrections."""
