"""Publish: hand the composed artifacts to a site generator, then audit what was written."""
