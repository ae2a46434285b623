"""What things are: frozen dataclasses and pure rules, no input or output."""
