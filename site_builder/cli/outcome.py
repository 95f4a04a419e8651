"""What the command line hands a run, and what it is told of it: without a library but the one of structures."""

from __future__ import annotations

from collections.abc import Callable
import datetime as dt

import msgspec


class Outcome(msgspec.Struct):
    """What a run was handed and has done that stays, however it ends.

    ``now`` is the moment the machine's clock is to tell, its own where there is none; ``release`` the name of the one
    made live, if any; ``written`` what stands written all the same where it is interrupted, in a sentence; ``ended``
    what is to be done once its exit code is known.
    """

    now: dt.datetime | None = None
    release: str = ""
    written: str = ""
    ended: Callable[[int], None] | None = None
