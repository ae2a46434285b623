"""Deadlines and fees as data with their sources, and the code that counts them."""
