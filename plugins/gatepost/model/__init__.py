"""Facts: frozen, typed, and aware of the file and line they were written on."""
