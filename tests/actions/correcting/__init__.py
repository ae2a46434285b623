"""Tests of what people do to have records corrected."""
