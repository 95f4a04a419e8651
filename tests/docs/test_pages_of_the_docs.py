"""What the documentation says is there: every command, option, link, file and make target; and nothing is left out."""

from pathlib import Path
import re
import shlex
import subprocess
import sys

import click
from followed_docs import blocks
import pytest
from search_pages import browser
import yaml

from site_builder.cli.main import every_command

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
AT_THE_ROOT = ["README.md", "README.en.md", "CONTRIBUTING.md", "CONTRIBUTING.en.md"]
PAGES = sorted([*DOCS.glob("*.md"), *(ROOT / name for name in AT_THE_ROOT)])
NAMES = [str(path.relative_to(ROOT)) for path in PAGES]
OTHERS = {"--version", "--help", "--json"}
"""Options every command has, or the group."""


COMMANDS = {name: command for name, command, _ in every_command()}
"""Every command by the words it is called with."""


def options_of(name):
    params = COMMANDS[name].params
    return {opt for param in params if isinstance(param, click.Option) for opt in param.opts} | {"--help"}


EVERY_OPTION = {option for name in COMMANDS for option in options_of(name)} | OTHERS
FOREIGN = {
    "theme.md": {"--docs", "--only", "--city", "--width", "--mode"},
    "cluster.md": {"--nworkers", "--worker-port"},
}
"""Options of other programs, in the pages that name them alone."""


def written_commands(path):
    """Every ``site-builder …`` a page writes, in blocks and in the text, as words."""
    text = path.read_text()
    typed = "".join(block for _, kind, block in blocks(path) if kind in {"sh", ""})
    lines = typed.replace("\\\n", " ").splitlines()
    lines += re.findall(r"`(site-builder [^`\n]*)`", text)
    lines += [f"site-builder {one}" for one in re.findall(rf"`((?:{'|'.join(COMMANDS)}) [^`\n]*)`", text)]
    for line in lines:
        found = re.search(r"(?:^|[\s/])site-builder +(?=[a-z-])(.*)", line.partition(" #")[0])
        if found:
            yield shlex.split(found[1].split(" || ")[0].split(" > ")[0], posix=False)


@pytest.mark.parametrize("path", PAGES, ids=NAMES)
def test_every_command_and_option_a_page_writes_is_there(path):
    for words in written_commands(path):
        name, *rest = words
        if name in {"命令", "COMMAND", *OTHERS}:
            continue
        if rest and f"{name} {rest[0]}" in COMMANDS:
            name, rest = f"{name} {rest[0]}", rest[1:]
        assert name in COMMANDS, words
        for word in rest:
            if word.startswith("--"):
                assert word.partition("=")[0] in options_of(name), words


@pytest.mark.parametrize("path", PAGES, ids=NAMES)
def test_every_option_a_page_names_is_some_commands(path):
    for named in re.findall(r"`(--[a-z-]+)[^`]*`", path.read_text()):
        assert named in EVERY_OPTION | FOREIGN.get(path.name, set()), named


def test_reference_and_readme_name_every_command_and_the_reference_every_option():
    told = (DOCS / "commands.md").read_text()
    readme = (ROOT / "README.md").read_text()
    sections = {part.split("\n", 1)[0]: part for part in told.split("\n## ")[1:]}
    assert set(COMMANDS) <= set(sections)
    for name in COMMANDS:
        assert set(re.findall(r"^\| `(--[a-z-]+)", sections[name], re.MULTILINE)) | {"--help"} == options_of(name)
        assert re.search(rf"`{name}[ `]", readme), name


def test_every_make_target_the_docs_name_is_there():
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    for path in PAGES:
        for named in re.findall(r"(?:^|`)make ([a-z]+)(?=[`\s])", path.read_text(), re.MULTILINE):
            assert named in targets, (path.name, named)


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    """The site of the docs."""
    site = tmp_path_factory.mktemp("docs") / "site"
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--site-dir", str(site)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return site


def test_site_of_the_docs_is_built_with_every_link_and_anchor_found(built):
    pages = {str(path.relative_to(DOCS).with_suffix(".html")) for path in DOCS.rglob("*.md")}
    made = {str(path.relative_to(built)) for path in built.rglob("*.html")}
    assert pages <= made
    for page in pages:
        text = (built / page).read_text()
        assert not re.findall(r'<(?:script|link|img)[^>]* (?:src|href)="(?:https?:)?//[^"]*"', text)
        assert f'lang="{language_of((DOCS / page).with_suffix(".md").read_text())}"' in text.split(">", 2)[1]


@pytest.mark.needs_chromium
@pytest.mark.parametrize("start", ["index.html", "decisions/0004-lists.html"])
@pytest.mark.parametrize(
    ("typed", "page"),
    [
        ("误移的-state", "going-back.html"),
        ("撤下一条 裁定", "withhold.html"),
        ("as-of-in-the-future", "findings.html"),
        ("WHAT GOES IN", "contract.html"),
    ],
)
def test_search_of_the_docs_finds_chinese_and_english_without_a_server(built, start, typed, page):
    with browser() as started:
        window = started.new_page()
        window.goto((built / start).as_uri())
        window.fill("#search-box", typed)
        window.wait_for_selector("#search-found a")
        found = window.locator("#search-found a").evaluate_all("all => all.map((one) => one.href)")
        (link,) = [one for one in found if f"/{page}#" in one][:1]
        window.goto(link)
        assert window.evaluate("document.querySelector(decodeURI(location.hash)) !== null")
        window.fill("#search-box", "没有这样的词演示")
        window.wait_for_function("document.querySelector('#search-found').textContent.startsWith('没有找到')")


@pytest.mark.parametrize("path", [*PAGES, *sorted(DOCS.rglob("decisions/*.md"))], ids=lambda path: path.name)
def test_page_is_in_one_language(path):
    """Names, labels and quoted words of the other stand in it; a paragraph of the other does not."""
    language = language_of(path.read_text())
    assert path.name.endswith(".en.md") <= (language == "en")
    for prose in paragraphs(path.read_text()):
        chinese, english = len(re.findall(r"[\u4e00-\u9fff]", prose)), len(re.findall(r"[A-Za-z]{2,}", prose))
        if language == "en":
            assert "。" not in prose or chinese <= english, prose
        else:
            assert english <= max(chinese, 12), prose


def language_of(text):
    """``zh`` or ``en``: a page is in the language of its title."""
    return "zh" if re.search(r"^# .*[\u4e00-\u9fff]", text, re.MULTILINE) else "en"


def paragraphs(text):
    """The prose of a page: no code, tables, headings or addresses."""
    text = re.sub(r"(?ms)^```.*?^```$|<!--.*?-->|^(?:[|#]| {4}).*?$", "", text)
    text = re.sub(r"`[^`]*`|\]\([^)]*\)|https?://\S+", "", text)
    return re.split(r"\n\s*\n|\n(?=[-*] )", text)


def test_every_page_stands_in_the_contents_once():
    listed = []

    def walk(node):
        for one in node if isinstance(node, list) else node.values():
            listed.append(one) if isinstance(one, str) else walk(one)

    walk(yaml.safe_load((ROOT / "mkdocs.yml").read_text())["nav"])
    assert sorted(listed) == sorted(str(path.relative_to(DOCS)) for path in DOCS.rglob("*.md"))


@pytest.mark.parametrize("name", AT_THE_ROOT)
def test_every_link_at_the_root_leads_somewhere(name):
    for link in re.findall(r"\]\(([^)#]+)(?:#[^)]*)?\)", (ROOT / name).read_text()):
        assert link.startswith("https://") or (ROOT / link).exists(), link
