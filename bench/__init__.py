"""Measurements beside other programs, each run by one command."""
