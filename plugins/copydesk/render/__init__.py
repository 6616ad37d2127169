"""Articles as safe HTML, Markdown, plain text, JSON and structured data; the only room where text is escaped."""
