"""The encrypted vault: keys, database, originals, audit and SQL by noun."""
