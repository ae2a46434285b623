"""What a person can do, one noun a file; the front ends act through this alone."""
