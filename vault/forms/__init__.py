"""What a provider's own form wants: its kind, its traps, and what goes into which field."""
