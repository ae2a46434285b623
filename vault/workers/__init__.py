"""The processes that touch foreign bytes: pool, protocol and limits."""
