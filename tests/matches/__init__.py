"""The match graph: what is recorded of searches and choices, and what comes of it."""
