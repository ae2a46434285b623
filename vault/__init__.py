"""chartmend: a personal health-record vault, everything the program can do."""
