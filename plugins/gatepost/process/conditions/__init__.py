"""The named conditions of the checklists: questions over an entry that need no person."""
