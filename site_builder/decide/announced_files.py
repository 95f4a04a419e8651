"""The files of announcements, read to the end before anything is written: whether they may be published at all.

Those of announcements that begin on a day to come are asked as well, so that no nightly build is the first to see them.
What an earlier release asked may name by now what has left since, and stops no rebuild; any other is new to it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
import datetime as dt
import hashlib
from typing import Final

import msgspec

from site_builder.attachments.kinds import EXTENSIONS, open_attachment
from site_builder.attachments.opened import Opened
from site_builder.config.site import Site
from site_builder.content.announcements import FOLDER, Attached, read_announcements
from site_builder.errors import Finding, Place, SiteBuilderError
from site_builder.records.values import is_credit_code
from site_builder.rules.numbers import Number, numbers

UNSEEN: Final = "attachment-unseen"
PERSONAL: Final = "attachment-personal-data"
DOUBTFUL: Final = "attachment-code-or-id"


class Attachments(msgspec.Struct, frozen=True):
    """What the files of announcements that stand or are to come say (place, text), and what was found in any.

    ``digests``: name (``<announcement>/<file>``) → SHA-256 of each that was read; ``places``: places of findings →
    names.
    """

    texts: tuple[tuple[Place, str], ...] = ()
    found: tuple[Finding, ...] = ()
    digests: dict[str, str] = msgspec.field(default_factory=dict)
    places: dict[Place, list[str]] = msgspec.field(default_factory=dict)

    def new(self, found: Finding, asked: Mapping[str, str]) -> bool:
        """Whether a finding is of a file that is not among those ``asked`` before, or was changed since."""
        return any(asked.get(name) not in ("", self.digests[name]) for name in self.places.get(found.place, ()))


def attachments_of(site: Site, as_of: dt.date) -> Attachments:
    """Read them all; announcements that cannot be read themselves are told of elsewhere."""
    try:
        announcements = read_announcements(site.folder, site.site.address)
    except SiteBuilderError:
        return Attachments()
    texts: list[tuple[Place, str]] = []
    found: list[Finding] = []
    digests: dict[str, str] = {}
    places: dict[Place, list[str]] = {}
    for one in announcements:
        for file in one.files if one.until is None or as_of <= one.until else ():
            try:
                opened = _opened(file)
            except SiteBuilderError as error:
                found += error.findings
                continue
            name, place = f"{one.stem}/{file.name}", Place(f"{FOLDER}/{one.stem}/{file.name}")
            digests[name] = hashlib.sha256(file.path.read_bytes()).hexdigest()
            for shown in (place, file.place):
                places.setdefault(shown, []).append(name)
            found += _asked(file, opened, digests[name], as_of)
            texts += [(place, text) for text in opened.said()]
    return Attachments(tuple(texts), tuple(found), digests, places)


def _opened(file: Attached) -> Opened:
    extension = file.path.suffix[1:]
    if extension not in EXTENSIONS:
        hint = f"只收 {'、'.join(EXTENSIONS)}；别的格式另存为其中一种"
        raise SiteBuilderError([Finding("attachment", file.place, f"「{file.name}」是读不了的一种文件", hint)])
    return open_attachment(file.path, file.place)


def _asked(file: Attached, opened: Opened, digest: str, as_of: dt.date) -> Iterator[Finding]:
    if file.sha256 and file.sha256 != digest:
        hint = f"再看一遍现在的文件，改正 sha256（现在是 {digest}）、by、on"
        yield Finding(UNSEEN, file.place, f"「{file.name}」不是有人看过的那一份", hint)
    if opened.pictures and not file.sha256:
        message = f"「{file.name}」里有图片，或者有一页没有文字，程序读不出写着什么"
        hint = f"由一个人从头到尾看过，在这个附件下写上 sha256: {digest}、by（谁）、on（哪一天）"
        yield Finding(UNSEEN, file.place, message, hint)
    # Only a page of a PDF breaks a number off at the line's end; cells and paragraphs side by side are apart.
    said = opened.said() if file.path.suffix == ".pdf" else opened.texts
    kinds = {_kind(number, file, as_of) for text in said for number in numbers(text.replace("\n", "|"))}
    if PERSONAL in kinds:
        message = f"「{file.name}」里疑似有身份证号、手机号或者银行卡号"
        hint = "删去以后重新导出；是单位的联系电话的，有人看过以后写上 sha256、by、on（身份证号不能这样放行）"
        yield Finding(PERSONAL, file.place, message, hint)
    if DOUBTFUL in kinds:
        message = f"「{file.name}」里有一个号码，既合统一社会信用代码，也合身份证号"
        yield Finding(DOUBTFUL, file.place, message, f"核对；确是组织的代码，用 --allow {DOUBTFUL}")


def _kind(number: Number, file: Attached, as_of: dt.date) -> str:
    """What a number is a fault of, or nothing: where somebody looked, an office's own telephone may stand there."""
    if number.born is not None:
        if number.born > as_of:
            return ""
        return DOUBTFUL if is_credit_code(number.digits) else PERSONAL
    return "" if file.sha256 else PERSONAL
