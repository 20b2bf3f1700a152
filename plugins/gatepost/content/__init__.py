"""Read: bytes on disk become releases, or findings that say where and what."""
