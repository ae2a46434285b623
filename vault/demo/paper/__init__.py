"""The script that makes the demo's scans; nothing else in the program uses it."""
