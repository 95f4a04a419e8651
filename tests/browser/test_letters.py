"""A subject's letters: filled in from the record in the browser, printed or saved, and nothing of them sent."""

from __future__ import annotations

from xml.etree import ElementTree as ET
import zipfile

import pytest
from sample_pages import CITIES, rows_of, sample_root, served

PHONE = {"width": 360, "height": 740}
WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
END = "提出异议或者申请修复，不代替行政复议、行政诉讼；期限以决定书写明的为准。"


@pytest.fixture(scope="module", params=CITIES)
def site(request):
    root = sample_root(request.param)
    with served(root) as base:
        yield request.param, root, base


@pytest.fixture
def opened(window):
    def opens(address, **given):
        page = window(PHONE, accept_downloads=True, **given)
        page.goto(address)
        return page

    return opens


def row(root, kind, **wanted):
    return next(one for one in rows_of(root, kind) if all(one[name] == value for name, value in wanted.items()))


def letter_from(page, guide):
    """Open the letter of a guide from the record's page, with all it fetches fetched."""
    page.click(f'main a[href*="guide/{guide}.html#letter"]')
    page.wait_for_load_state("networkidle")
    return page.locator(".letter")


def fields(page):
    found = page.locator(".letter input:not([type=checkbox])")
    return {one.get_attribute("data-name"): one.input_value() for one in found.all()}


def saved(page, folder):
    """The paragraphs of the Word document."""
    with page.expect_download() as download:
        page.click("[data-letter-save]")
    path = folder / download.value.suggested_filename
    download.value.save_as(path)
    with zipfile.ZipFile(path) as book:
        assert book.testzip() is None
        parts = {
            name: ET.fromstring(book.read(name))  # noqa: S314  # our own
            for name in book.namelist()
        }
    assert {"[Content_Types].xml", "_rels/.rels", "word/document.xml"} == set(parts)
    texts = parts["word/document.xml"].iter(f"{WORD}p")
    return path.name, ["".join(one.text or "" for one in paragraph.iter(f"{WORD}t")) for paragraph in texts]


def test_objection_is_filled_in_from_the_entry_and_saved_without_the_network(site, opened, tmp_path):
    city, root, base = site
    entry = row(root, "severe-list", subject_type="legal_person")
    page = opened(f"{base}severe/{entry['id']}.html")
    letter = letter_from(page, "objection")
    told = fields(page)
    assert (told["subject"], told["code"]) == (entry["subject_name"], entry["subject_code"])
    assert entry["decision_no"] in told["document"]
    assert told["day"] == entry["listed_on"]
    assert f"severe/{entry['id']}.html" in told["record"]
    assert entry["source"] in letter.locator("fieldset").first.inner_text()
    page.context.set_offline(True)
    sent = []
    page.on("request", lambda request: sent.append(request.url))
    for name in ("to", "ground"):
        page.locator(f"[data-name={name}]").first.check()
    page.fill("[data-name=facts]", "演示<证明>&\n请求更正")
    page.fill("[data-name=person]", "演示联系人")
    name, lines = saved(page, tmp_path)
    assert name == "异议申请书.docx"
    assert lines[0] == "异议申请书"
    assert {"演示<证明>&", "请求更正", "联系人：演示联系人", END} <= set(lines)
    assert [line for line in lines if line.startswith("☑")] == [
        f"☑ {page.locator('[data-name=ground] + span').first.inner_text()}"
    ]
    assert page.locator("[data-filled]").is_visible()
    [term] = [line for line in lines if line.startswith("决定和记录写明的公示期限：")]
    assert (entry["public_until"] or entry["term_text"]) in term
    assert term.endswith(("。", entry["term_text"])), "each paragraph is a sentence"
    assert not any(line.startswith("决定和记录写明的公示至：") for line in lines), "the term tells the day"
    assert any(line.startswith("决定和记录写明的救济措施：") and str(entry["remedies"])[:8] in line for line in lines)
    assert [one for one in sent if not one.startswith("blob:")] == []
    assert "演示" not in page.evaluate(
        "JSON.stringify([{...localStorage}, {...sessionStorage}, document.cookie, decodeURI(location.href)])"
    )
    assert city in CITIES


def test_what_is_printed_is_the_letter_alone(site, opened):
    _, root, base = site
    entry = row(root, "severe-list", subject_type="natural_person")
    page = opened(f"{base}severe/{entry['id']}.html")
    letter_from(page, "removal")
    assert fields(page)["subject"] == entry["subject_name"]
    page.evaluate("window.print = () => { window.told = document.documentElement.hasAttribute('data-printing'); }")
    page.click("[data-letter-print]")
    assert page.evaluate("window.told")
    page.evaluate("document.documentElement.dataset.printing = ''")
    page.emulate_media(media="print")
    shown = page.locator("body").inner_text()
    assert shown.startswith("移出名单申请书")
    assert entry["authority"] in shown
    assert END in shown
    assert page.locator("header").is_hidden()


def test_withdrawal_of_an_honour_is_written_to_whoever_awarded_it(site, opened):
    _, root, base = site
    model = row(root, "role-models", subject_type="legal_person")
    page = opened(f"{base}role-models/{model['id']}.html")
    letter = letter_from(page, "contact")
    assert fields(page)["list"] == model["honour"]
    assert model["awarded_by"] in letter.locator("fieldset").first.inner_text()


def test_repair_is_a_list_of_papers_where_the_national_rule_applies(site, opened):
    _, root, base = site
    entry = row(root, "severe-list", subject_type="legal_person")
    page = opened(f"{base}severe/{entry['id']}.html")
    letter = letter_from(page, "repair")
    assert "“信用中国”" in letter.locator("h2").inner_text()
    assert letter.locator("[data-name=to]").count() == 0
    assert letter.locator("[data-name=paper]").count() > 2


def test_letter_without_a_record_or_with_a_strange_one_stays_to_be_filled_in(site, opened):
    _, _, base = site
    for behind in ("", "#letter", "#letter=severe/none.html", "#letter=//example.org/x.html", "#letter=%3Cb%3E"):
        page = opened(f"{base}guide/objection.html{behind}")
        page.wait_for_load_state("networkidle")
        assert set(fields(page).values()) == {""}
        assert "记录页写明的单位" in page.locator(".letter fieldset").first.inner_text()
        assert page.locator("[data-filled]").is_hidden()


def test_letter_without_script_is_there_to_be_printed(site, opened):
    _, _, base = site
    page = opened(f"{base}guide/objection.html", java_script_enabled=False)
    assert page.locator(".letter textarea").is_visible()
    assert page.locator("[data-letter-save]").is_hidden()
    page.fill("[data-name=subject]", "演示机密")
    page.press("[data-name=subject]", "Enter")
    page.wait_for_load_state()
    assert page.url == f"{base}guide/objection.html"
