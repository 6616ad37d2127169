"""Pelican's side: seeds become Pelican articles, pages are written beside the old site and put in its place at once."""
