"""Runs the command line as `python -m copydesk`."""

from copydesk.cli import run

run()
