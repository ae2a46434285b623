"""Corrections from the first sending to the end: events, clocks, answers, letters."""
