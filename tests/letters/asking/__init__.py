"""Tests of the letters of asking."""
