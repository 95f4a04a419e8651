"""What a site publishes, from a copy on disk or from the site itself: checked before a row is read, and read once."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
import datetime as dt
from pathlib import Path
import re
import tempfile
from typing import Any, Final

import msgspec

from site_builder.errors import Exit, Finding, Place, SiteBuilderError, near, refuse
from site_builder.kinds.shown import SHOWN
from site_builder.mirror import copy
from site_builder.mirror.copy import digest_at
from site_builder.mirror.follow import follow
from site_builder.mirror.remote import Remote
from site_builder.mirror.told import Head, Told, check_signature, digest_of, read_files, read_told
from site_builder.pages import urls
from site_builder.progress import Listener
from site_builder.vocabulary import Kind

MOST: Final = 20 << 30
"""Bytes that are taken of a site."""

OLD: Final = dt.timedelta(days=7)
"""A site is rebuilt every night; data that are older than this are told of."""

_ADDRESSES: Final = 1000
"""Characters of all the members' addresses that are told."""

_MOST_NEAR: Final = 5
_BATCH: Final = 20_000
_JSONL: Final = re.compile(rf"{urls.DATA}({'|'.join(Kind)})\.jsonl")


class Entry(msgspec.Struct, frozen=True, gc=False):
    """A published record as it is compared and told; every field is text, empty where there is none.

    ``until``: the last day, or where there is none until when it is public, in words.
    """

    kind: Kind
    id: str
    url: str
    name: str
    code: str
    number: str
    date: str
    authority: str
    until: str
    objection: str
    is_person: bool


class Published(msgspec.Struct, frozen=True):
    """Data that were checked: where they are from, which release, whether its signature was checked."""

    source: str
    root: Path
    told: Told
    signed: bool

    def batches(self) -> Iterator[list[Entry]]:
        """Every published record of every kind. Raises ``match-data`` where they cannot be read, or are not all."""
        for kind in Kind:
            count = 0
            for batch in _batches(self.root / urls.download(kind, "jsonl"), kind):
                count += len(batch)
                yield batch
            if count != self.told.published.get(kind, 0):
                raise _bad(self.root, urls.download(kind, "jsonl"), "行数与 release.json 说的不一致")


@contextmanager
def opened(source: str, key: str, today: dt.date, listener: Listener) -> Iterator[Published]:
    """The data at ``source``, a folder or an address; of a site only the downloads are fetched, and no name is sent.

    ``key``: the site's public key; without one the signature is not checked. Raises ``match-expired`` past
    ``valid_through``, ``match-data`` where the files are not those the site lists, or hold no record, ``match-kind``
    where there is a kind this program does not know.
    """
    with ExitStack() as around:
        if re.match("https?://", source):
            scratch = Path(around.enter_context(tempfile.TemporaryDirectory())) / "site"
            remote = around.enter_context(Remote(source, MOST))
            held = around.enter_context(copy.held(scratch, remote.url))
            root = Path(follow(remote, held, key, listener, lambda path: bool(_JSONL.fullmatch(path))).root)
        else:
            root = _root(Path(source))
        told = _checked(root, key)
        if told.valid_through is not None and today > told.valid_through:
            message = f"数据（{told.name}）有效到 {told.valid_through}，已经过了：里面有公示期满的记录"
            hint = "先更新数据（site-builder mirror）；网站自己没有重建的，告诉主办单位"
            raise refuse("match-expired", message, hint=hint, place=Place(source))
        yield Published(source, root, told, bool(key))


def remarks(published: Published, today: dt.date) -> list[Finding]:
    """What is to be known of the data: the signature was not checked, they are old."""
    found = []
    if not published.signed:
        message, hint = "没有核对签名：数据是不是主办单位发布的，没有核对", "向主办单位要公钥，加上 --key"
        found.append(Finding("mirror-unsigned", Place(published.source), message, hint, warning=True))
    if today - published.told.as_of > OLD:
        message = f"数据的核验日是 {published.told.as_of}，以后公示的不在其中"
        hint = "更新数据（site-builder mirror）"
        found.append(Finding("match-old", Place(published.source), message, hint, warning=True))
    return found


def _root(folder: Path) -> Path:
    """The web root: of a copy or an output folder what is current, else the folder itself.

    Raises ``match-data`` where it is none, with the folder a level off that is.
    """
    if (root := copy.web_root(folder)) is not None:
        return root.resolve()
    hint = "--data 写 mirror 取来的文件夹，或者网站的网址"
    if found := near(folder, lambda one: copy.web_root(one) is not None):
        hint = f"网站的数据在这里：--data {' 或 --data '.join(map(str, found[:_MOST_NEAR]))}"
    raise refuse("match-data", "这里没有网站的数据", hint=hint, place=Place(str(folder)), exit_code=Exit.USAGE)


def _checked(root: Path, key: str) -> Told:
    """The release, once its list and every file that is to be read are what it says."""
    data = (root / urls.RELEASE).read_bytes()
    told = read_told(data, str(root / urls.RELEASE))
    signature = root / urls.RELEASE_SIGNATURE
    if key:
        head = Head(data, told, signature.read_bytes() if signature.is_file() else None)
        check_signature(head, key, str(signature))
    _refuse_nothing(told, str(root / urls.RELEASE))
    listed_in = root / urls.RELEASE_FILES
    listed = listed_in.read_bytes() if listed_in.is_file() else b""
    if digest_of(listed) != told.files:
        raise _bad(root, urls.RELEASE_FILES, "文件清单与 release.json 不符")
    files = read_files(listed, str(listed_in))
    if unknown := sorted(name for name, count in told.published.items() if count and name not in set(Kind)):
        message = f"网站公示的「{'」「'.join(unknown)}」是这个程序不认识的类别，没有它们就核对不全"
        raise refuse("match-kind", message, hint="换用新版本的程序", place=Place(str(root / urls.RELEASE)))
    for kind in Kind:
        path = urls.download(kind, "jsonl")
        if (told.published.get(kind, 0) or path in files) and digest_at(root / path) != files.get(path, "-"):
            raise _bad(root, path, "没有这个数据文件，或者与文件清单不符")
    return told


def _refuse_nothing(told: Told, place: str) -> None:
    """Data without any record answer nothing: every row would seem cleared."""
    if told.member_sites:
        message = "这个网站由几个网站合成，自己没有数据"
        addresses = "、".join(filter(str.isprintable, told.member_sites.values()))
        hint = f"到各成员网站去核对，--data 写它们的网址：{addresses[:_ADDRESSES]}"
    elif not any(told.published.values()):
        message = "这个网站一条记录也没有公示，没有可以核对的"
        hint = "核对 --data 是不是要核对的网站；是的，向主办单位核对"
    else:
        return
    raise refuse("match-data", message, hint=hint, place=Place(place), exit_code=Exit.USAGE)


def _bad(root: Path, path: str, message: str) -> SiteBuilderError:
    hint = "数据不全就不能核对：重新取一份（site-builder mirror）"
    return refuse("match-data", message, hint=hint, place=Place(str(root / path)))


def _batches(path: Path, kind: Kind) -> Iterator[list[Entry]]:
    if not path.is_file():
        return
    decode, entry = msgspec.json.Decoder(_row_of(kind)).decode, _entry_of(kind)
    batch: list[Entry] = []
    with path.open("rb") as lines:
        try:
            for line in lines:
                batch.append(entry(decode(line)))
                if len(batch) == _BATCH:
                    yield batch
                    batch = []
        except (msgspec.MsgspecError, UnicodeError):
            raise _bad(path.parent.parent, f"{urls.DATA}{path.name}", "数据文件有一行读不懂") from None
    yield batch


_FIELDS: Final = ("title", "code", "number", "day", "authority")
"""What ``Shown`` says of a kind's columns, in the order they are told."""

_OTHERS: Final = ("url", "public_until", "term_text", "objection_received_on", "subject_type")


def _row_of(kind: Kind) -> type[Any]:
    """A row of a kind's JSON lines, of which only what is compared and told is read."""
    names = {getattr(SHOWN[kind], one) for one in _FIELDS} - {""}
    fields = [(name, str | list[str] | None, None) for name in (*sorted(names), *_OTHERS)]
    return msgspec.defstruct("Row", [("id", str), *fields], gc=False)


def _entry_of(kind: Kind) -> Any:  # noqa: ANN401  # a function of a structure made above
    """What makes an entry of such a row."""
    title, code, number, day, authority = (getattr(SHOWN[kind], one) for one in _FIELDS)

    def made(row: Any) -> Entry:  # noqa: ANN401
        def told(name: str) -> str:
            value = getattr(row, name) if name else None
            return "、".join(value) if isinstance(value, list) else value or ""

        return Entry(
            kind,
            row.id,
            row.url or "",
            told(title),
            told(code),
            told(number),
            told(day),
            told(authority),
            row.public_until or row.term_text or "",
            row.objection_received_on or "",
            row.subject_type == "natural_person",
        )

    return made
