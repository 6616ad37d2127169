"""The editor's side: overrides of single lines and facts, the ledger in words, articles taken over by hand."""
