"""Outside formats: what other tools wrote becomes entries, and nothing of it is lost."""
