"""What an article's own text tells about it: language, direction, length, summary, keywords."""
