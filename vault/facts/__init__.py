"""Words in, facts out: pure functions, run again whenever a reading changes."""
