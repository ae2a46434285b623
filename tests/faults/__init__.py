"""A sample of each measurement of harm, and proof that each can fail."""
