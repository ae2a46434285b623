"""Lists that facts are read with."""
