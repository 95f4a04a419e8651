"""``python -m site_builder``."""

from __future__ import annotations

from site_builder.cli import main

main()
