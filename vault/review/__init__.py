"""Facts in, suspected flags out: pure functions in a tuple."""
