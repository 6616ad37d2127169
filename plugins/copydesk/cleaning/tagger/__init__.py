"""The trained part of the evidence: a sequence tagger over lines, its weights and their card."""
