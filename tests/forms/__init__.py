"""What forms want, told from their words and fields."""
