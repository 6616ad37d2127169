"""Reads seeds: recognises what a file is by its content, decodes it, splits it into lines and blocks."""

from copydesk.intake.registry import read

__all__ = ["read"]
