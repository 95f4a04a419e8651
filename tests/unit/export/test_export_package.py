import os
from pathlib import Path
import shutil
import subprocess
import sys
import tempfile
import zipfile

from hypothesis import given, settings
from hypothesis import strategies as st
import pytest
from sizes import examples

from site_builder.errors import Exit, SiteBuilderError
from site_builder.export.package import open_in_place, open_package


def opened(path: Path, scratch: Path, most: int = 1 << 20):
    return open_package(path, Path(tempfile.mkdtemp(dir=scratch)) / "unpacked", most)


def codes(path: Path, scratch: Path, most: int = 1 << 20):
    with pytest.raises(SiteBuilderError) as caught:
        opened(path, scratch, most)
    return [finding.code for finding in caught.value.findings]


def folder(tmp_path):
    root = tmp_path / "演示导出"
    (root / "pictures").mkdir(parents=True)
    (root / "datapackage.json").write_text("{}")
    (root / "pictures" / "a.png").write_bytes(b"png")
    return root


def zipped(root, path, **names):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for file in sorted(root.rglob("*")):
            archive.write(file, str(file.relative_to(root)))
        for name, text in names.items():
            archive.writestr(name, text)
    return path


def test_folder_is_copied_and_only_the_copy_is_read(tmp_path):
    root = folder(tmp_path)
    files = opened(root, tmp_path)
    assert files.sizes == {"datapackage.json": 2, "pictures/a.png": 3}
    shutil.rmtree(root)
    with files.open("pictures/a.png") as file:
        assert file.read() == b"png"
    for path in files.sizes:
        told = files.path(path).stat()
        assert (told.st_mode & 0o777, told.st_nlink) == (0o600, 1)


def test_refused_folder_is_not_copied(tmp_path):
    root = folder(tmp_path)
    (root / "link").symlink_to("/")
    assert codes(root, tmp_path) == ["link"]
    (root / "link").unlink()
    (root / "datapackage.json").unlink()
    assert codes(root, tmp_path) == ["no-descriptor"]
    assert not list(tmp_path.rglob("unpacked"))


def test_folder_that_is_nobody_elses_is_read_where_it_lies(tmp_path):
    files = open_in_place(folder(tmp_path), 1 << 20)
    assert files.sizes == {"datapackage.json": 2, "pictures/a.png": 3}
    assert files.root == tmp_path / "演示导出"


def test_zip_gives_the_same_files_as_its_folder(tmp_path):
    root = folder(tmp_path)
    files = opened(zipped(root, tmp_path / "a.zip"), tmp_path)
    assert files.sizes == opened(root, tmp_path).sizes
    assert files.path("pictures/a.png").read_bytes() == b"png"
    assert files.path("pictures/a.png").stat().st_mode & 0o777 == 0o600


def test_chinese_names_zipped_on_windows_are_understood(tmp_path):
    path = zipped(folder(tmp_path), tmp_path / "a.zip", xx="x")
    path.write_bytes(path.read_bytes().replace(b"xx", "名".encode("gb18030")))
    assert "名" in opened(path, tmp_path).sizes


def test_missing_path_is_a_usage_error(tmp_path):
    with pytest.raises(SiteBuilderError) as caught:
        opened(tmp_path / "none", tmp_path)
    assert caught.value.exit_code is Exit.USAGE


def test_every_fault_of_a_folder_is_reported_at_once(tmp_path):
    root = folder(tmp_path)
    (root / "link").symlink_to("/")
    os.mkfifo(root / "pipe")
    (root / "A\\B").write_text("x")
    assert sorted(codes(root, tmp_path, 3)) == ["link", "special-file", "too-large", "unsafe-path"]


def test_text_file_is_no_zip(tmp_path):
    path = tmp_path / "a.zip"
    path.write_text("演示")
    assert codes(path, tmp_path) == ["damaged-archive"]


def test_fifo_as_export_is_refused_without_waiting(tmp_path):
    os.mkfifo(tmp_path / "pipe")
    assert codes(tmp_path / "pipe", tmp_path) == ["special-file"]


def test_damaged_member_is_refused(tmp_path):
    path = zipped(folder(tmp_path), tmp_path / "a.zip")
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("datapackage.json", "original")
    path.write_bytes(path.read_bytes().replace(b"original", b"0riginal"))
    assert codes(path, tmp_path) == ["damaged-archive"]


def test_unreadable_folder_is_the_machines_fault(tmp_path):
    root = folder(tmp_path)
    (root / "pictures").chmod(0)
    code = (
        "import os,sys;from pathlib import Path;from site_builder.errors import SiteBuilderError;"
        "from site_builder.export.package import open_package\n"
        "if not os.getuid(): os.setuid(65534)\n"
        "try: open_package(Path(sys.argv[1]), Path('/nowhere'), 9999)\n"
        "except SiteBuilderError as error: print(int(error.exit_code), error)"
    )
    for parent in (tmp_path, *tmp_path.parents[:3]):
        parent.chmod(0o755)
    done = subprocess.run([sys.executable, "-c", code, str(root)], check=True, capture_output=True, text=True)
    (root / "pictures").chmod(0o700)
    assert done.stdout.startswith("4 ")
    assert "没有权限" in done.stdout


@settings(deadline=None, max_examples=examples(60))
@given(st.lists(st.tuples(st.integers(0, 400), st.integers(0, 255)), min_size=1, max_size=4))
def test_flipped_bytes_in_a_zip_never_raise_anything_else(tmp_path_factory, flips):
    tmp_path = tmp_path_factory.mktemp("zip")
    data = bytearray(zipped(folder(tmp_path), tmp_path / "a.zip").read_bytes())
    for place, value in flips:
        data[place % len(data)] = value
    (tmp_path / "b.zip").write_bytes(data)
    try:
        opened(tmp_path / "b.zip", tmp_path)
    except SiteBuilderError as error:
        assert error.findings  # noqa: PT017 - whether it raises depends on the bytes
