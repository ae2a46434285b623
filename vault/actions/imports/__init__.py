"""Taking files in: sealed first, then read, in small batches that a cut-off cannot lose."""
