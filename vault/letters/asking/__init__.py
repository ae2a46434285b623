"""The letters of asking for records: what each kind says."""
