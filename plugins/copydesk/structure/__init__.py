"""Builds the article from labelled blocks: headline, dek, byline, date, sections, lists, quotes, notes."""
