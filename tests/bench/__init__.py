"""The benches' own sums: a wrong score must not pass for a good program."""
