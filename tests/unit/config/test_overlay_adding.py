"""An item is added to the overlay, and everything that stands there stays as it is."""

import datetime as dt
import stat

import pytest

from site_builder.config.companions import OverlayItem, read_overlay
from site_builder.config.overlay import add_items
from site_builder.errors import Exit, SiteBuilderError
from site_builder.vocabulary import Action, Kind

DAY = dt.date(2026, 11, 20)
ITEM = OverlayItem(
    Kind.SEVERE, "S-1", DAY, Action.COURT, None, "演示科 演示员", '裁定：〔2026〕"演示"1号 #甲 \\ 乙: 丙'
)
ONE = "- {kind: measures, id: M-1, on: 2026-01-02, what: court, by: 演示, why: 演示}\n"
BLOCK = "- kind: measures\n  id: M-1\n  on: 2026-01-02\n  what: court\n  by: 演示\n  why: 演示\n"


def bare(items):
    return [(one.kind, one.id, one.on, one.what, one.by, one.why) for one in items]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]\n",
        "# 演示说明\n# - kind: 例子\n[]\n",
        "# 演示说明\n[ ]   # 还没有\n",
        ONE,
        BLOCK,
        BLOCK.rstrip("\n"),
        "# 演示\n\n" + BLOCK + "\n# 末尾的说明\n",
        "".join(f"  {line}\n" for line in BLOCK.splitlines()),
        "---\n" + BLOCK,
        BLOCK.replace("\n", "\r\n"),
    ],
)
def test_item_is_added_and_the_rest_stays(tmp_path, text):
    path = tmp_path / "overlay.yml"
    path.write_bytes(text.encode())
    before = read_overlay(path)
    add_items(path, ITEM)
    assert bare(read_overlay(path)) == bare([*before, ITEM])
    for line in text.splitlines():
        assert not line.startswith("#") or line in path.read_text()
    add_items(path, ITEM)
    assert bare(read_overlay(path)) == bare([*before, ITEM, ITEM])
    assert list(tmp_path.iterdir()) == [path]


def test_absent_overlay_is_made(tmp_path):
    add_items(tmp_path / "overlay.yml", ITEM)
    assert bare(read_overlay(tmp_path / "overlay.yml")) == bare([ITEM])


def test_mode_and_link_stay(tmp_path):
    real = tmp_path / "real.yml"
    real.write_text("[]\n")
    real.chmod(0o640)
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "overlay.yml").symlink_to(real)
    add_items(tmp_path / "site" / "overlay.yml", ITEM)
    assert (tmp_path / "site" / "overlay.yml").is_symlink()
    assert bare(read_overlay(real)) == bare([ITEM])
    assert stat.S_IMODE(real.stat().st_mode) == 0o640


@pytest.mark.parametrize(
    "text",
    [
        "[{kind: measures, id: M-1, on: 2026-01-02, what: court, by: 演示, why: 演示}]\n",
        BLOCK + "...\n",
        "- kind: nothing\n",
        "a: b\n",
    ],
)
def test_overlay_that_cannot_be_added_to_is_left_alone(tmp_path, text):
    path = tmp_path / "overlay.yml"
    path.write_text(text)
    with pytest.raises(SiteBuilderError) as refused:
        add_items(path, ITEM)
    assert refused.value.exit_code is Exit.USAGE
    assert path.read_text() == text
    assert list(tmp_path.iterdir()) == [path]
