"""Which findings stop an export, and which only warn: guards that were let pass, and the live export built again."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from site_builder.decide.above import UNDECIDED
from site_builder.errors import Finding
from site_builder.findings import GUARDS

EVEN_AGAIN = frozenset({"resurrected"})
"""Guards that stop also when the live export is built again, unless allowed for that very run."""

NOT_AGAIN = frozenset({"approval-expired", UNDECIDED})
"""What stops a new release, and only warns where the live export is built again."""

LEFT_OUT = frozenset({"later-than-export"})
"""Row faults that leave their row out where the live export is built again: taking away is never refused."""


def stopping_and_warning(
    found: Iterable[Finding], now: frozenset[str], allowed: frozenset[str], *, again: bool
) -> tuple[list[Finding], list[Finding]]:
    """Stopping findings and warnings: guards let pass warn, and so does what a rebuild of the live export meets.

    ``now`` are the guards allowed for this very run, ``allowed`` those of the live release too; ``again``: the live
    release's own export is built again.
    """
    stopping: list[Finding] = []
    warnings: list[Finding] = []
    for finding in found:
        code = finding.code
        let_pass = now if code in EVEN_AGAIN else allowed
        passes = finding.warning or (code in GUARDS and code in let_pass)
        passes = passes or (again and (code in GUARDS - EVEN_AGAIN or code in NOT_AGAIN))
        (warnings if passes else stopping).append(msgspec.structs.replace(finding, warning=passes))
    return stopping, warnings
