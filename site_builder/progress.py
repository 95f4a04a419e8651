"""What a run tells while it goes: steps with a known or unknown amount of work. Bars and lines are listeners."""

from __future__ import annotations

from typing import Protocol


class Listener(Protocol):
    """Hears a run. A step ends when the next begins or the run is over."""

    def step(self, name: str, total: int | None = None) -> None:
        """A step begins; ``total`` is its amount of work, where it is known."""

    def advance(self, amount: int = 1) -> None:
        """So much of the current step's work is done."""

    def switched(self, release: str) -> None:
        """The release of this name is live: whatever stops the run now, the site is another."""


class Silent:
    """Hears and says nothing."""

    def step(self, name: str, total: int | None = None) -> None:
        """Nothing."""

    def advance(self, amount: int = 1) -> None:
        """Nothing."""

    def switched(self, release: str) -> None:
        """Nothing."""
