"""Render: a body in Markdown becomes safe HTML, once per entry and audience."""
