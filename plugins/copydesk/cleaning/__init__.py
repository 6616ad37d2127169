"""Labels every line of a seed: article or furniture, and why. Nothing is deleted here."""
