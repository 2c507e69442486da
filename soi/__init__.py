"""Soi's front door: `soi` on the command line."""

from soi.front import main

__all__ = ["main"]
