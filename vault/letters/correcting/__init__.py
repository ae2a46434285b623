"""The letters of correcting records: what each kind says."""
