"""The terminal app, driven by keys and clicks over a real vault."""
