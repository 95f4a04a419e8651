"""The commands: one file each; the only code that prints, exits or reads the clock."""

from __future__ import annotations

from site_builder.cli.main import main

__all__ = ["main"]
