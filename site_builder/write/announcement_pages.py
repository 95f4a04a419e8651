"""What the office announces: its pages, files, lists and feed; nothing at all where nothing is announced."""

from __future__ import annotations

import hashlib
from typing import Final

from site_builder.attachments.kinds import open_attachment
from site_builder.attachments.pictures import FORMATS
from site_builder.content.announcements import Announcement, Attached
from site_builder.content.markdown import render_page
from site_builder.outputs import feed
from site_builder.pages import announcements, urls
from site_builder.pages.contexts import FileLink, Picture
from site_builder.release.tree import Tree
from site_builder.write.pictures import SMALL, WIDEST, jpeg, scaled, upright_of
from site_builder.write.site_pages import Writer

SECTION: Final = announcements.SECTION


def write_announcements(writer: Writer) -> None:
    """``news/`` and the feed of what is announced."""
    around = writer.rendering.around
    if not around.news:
        return
    for category, year in announcements.lists(around):
        writer.page("announcements.html", announcements.announcement_list(around, category, year), SECTION)
    for one in around.news:
        body = render_page(one.text, urls.root_of(urls.announcement(one.stem)))
        pictures = [(file.title, _picture(writer.tree, one, file)) for file in one.files if _is_picture(file)]
        files = [_file(writer.tree, one, file) for file in one.files if not _is_picture(file)]
        built = announcements.announcement_page(one, body, pictures, files, around)
        writer.page("announcement.html", built, SECTION)
    items = [
        feed.Item(
            one.on, around.canonical(urls.announcement(one.stem)), one.title, one.description or one.title, one.on
        )
        for one in around.news
    ]
    title = f"{around.site.site.name}：{announcements.TITLE}"
    home, address = around.canonical(urls.HOME), around.canonical(urls.NEWS_FEED)
    writer.tree.write(urls.NEWS_FEED, feed.atom(title, around.site.unit.owner, home, address, items, around.data_on))


def _is_picture(file: Attached) -> bool:
    return file.path.suffix[1:] in FORMATS


def _file(tree: Tree, one: Announcement, file: Attached) -> FileLink:
    """Write a file without what is not to be seen."""
    data = open_attachment(file.path, file.place).data
    address = urls.attachment(one.stem, file.name)
    tree.write(address, data)
    kind = file.path.suffix[1:].upper()
    return FileLink(address, f"{file.title}（{kind}）", len(data), file.name, hashlib.sha256(data).hexdigest())


def _picture(tree: Tree, one: Announcement, file: Attached) -> Picture:
    """Draw a picture again in two sizes."""
    picture = upright_of(file.path.read_bytes(), str(file.path))
    large, small = scaled(picture, WIDEST), scaled(picture, SMALL)
    name = f"{file.name}.jpg"
    address, small_address = urls.attachment(one.stem, name), urls.small_picture(one.stem, name)
    tree.write(address, jpeg(large))
    if small.size == large.size:
        return Picture(address, *large.size, address, *large.size)
    tree.write(small_address, jpeg(small))
    return Picture(address, *large.size, small_address, *small.size)
