"""Compose: what readers may see becomes pages, feeds, JSON and the other files of a site."""
