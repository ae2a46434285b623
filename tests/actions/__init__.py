"""Actions, over real vaults."""
