"""``waivers.yml``: texts a second person has looked at and lets stand, signed as approvals are.

A waiver is for one column of one record, and for one text of it: another text has another digest. Waivers that no
trusted key has signed do not hold: the records stay withheld.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
import json
import os
from pathlib import Path
from typing import Final

import msgspec

from site_builder.config.fields import list_of
from site_builder.config.source import Faults, parse_yaml, read_text
from site_builder.signing import signature_of, verifies

WAIVERS: Final = "waivers.yml"
SIGNED: Final = f"{WAIVERS}.sig"
"""The signature over the bytes of ``waivers.yml``: Ed25519, one line of base64."""

_ID: Final = r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}"


class Waiver(msgspec.Struct, frozen=True):
    """One column of one record whose text may stand; ``digest``: SHA-256 of that text. ``by``, ``reason``: private."""

    id: str
    column: str
    digest: str
    by: str
    reason: str
    row: int = 0


class Waivers(msgspec.Struct, frozen=True):
    """All of a site's waivers, and whether they hold: signed by a trusted key, where the site names any."""

    written: tuple[Waiver, ...] = ()
    hold: bool = True

    @property
    def holding(self) -> tuple[Waiver, ...]:
        """The waivers that hold."""
        return self.written if self.hold else ()


def read_waivers(folder: Path) -> tuple[Waiver, ...]:
    """The waivers in a site folder, in the file's order; none where there is no file.

    Raises ``SiteBuilderError`` with every fault and its row. No message repeats anything written there.
    """
    path = folder / WAIVERS
    if not os.path.lexists(path):
        return ()
    faults = Faults(str(path))
    found = []
    root = parse_yaml(read_text(path), faults)
    for fields in () if root is None else list_of(root, faults, discreet=True):
        found.append(
            Waiver(
                fields.text("id", required=True, pattern=_ID, expected="应当是记录编号"),
                fields.text("column", required=True, pattern="[a-z_]+", expected="应当是列的机器名，如 cause"),
                fields.text("digest", required=True, pattern="[0-9a-f]{64}", expected="应当是 waive 写的 SHA-256"),
                fields.text("by", required=True),
                fields.text("reason", required=True, lines=True),
                fields.row,
            )
        )
        fields.finish()
    faults.stop()
    return tuple(found)


def signed(folder: Path, trusted_keys: Sequence[str]) -> bool:
    """Whether one of the keys has signed the file as it stands, or no signature is asked for."""
    path, signature = folder / WAIVERS, folder / SIGNED
    if not trusted_keys or not path.is_file():
        return True
    decoded = signature_of(signature.read_bytes()) if signature.is_file() else None
    return decoded is not None and any(verifies(key, decoded, path.read_bytes()) for key in trusted_keys)


def as_yaml(waivers: Iterable[Waiver]) -> str:
    """Waivers as the file holds them."""
    head = "# 放行：看过之后仍可公开的文字。由 site-builder waive 写入并签名；文字改了，放行就无效。不公开。\n"
    return head + "".join(
        "".join(
            f"{'- ' if name == 'id' else '  '}{name}: {json.dumps(getattr(one, name), ensure_ascii=False)}\n"
            for name in ("id", "column", "digest", "by", "reason")
        )
        for one in waivers
    )
