"""What the command line does: finds the site that a file belongs to, cleans many files at once."""
