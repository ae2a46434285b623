"""Tests of what people do to ask for records."""
