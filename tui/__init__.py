"""chartmend's terminal app."""
