"""Read what providers of feature flags write: one reader for each format, behind one protocol."""
