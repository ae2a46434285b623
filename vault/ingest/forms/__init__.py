"""PDF forms, inside a worker: what they hold, and filling them in."""
