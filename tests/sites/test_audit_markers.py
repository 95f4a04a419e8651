"""Ten thousand markers, Latin and Chinese, over every field: of withheld records none is there, of shown ones all.

The gate is asked too: it finds each marker of a withheld record that is put into a page.
"""

import datetime as dt
from functools import partial
import itertools
import re

import pytest
import small_sites
from test_audit import Tree

from site_builder.audit.forbidden import forbidden
from site_builder.audit.search import Searcher
from site_builder.audit.values import FORMS
from site_builder.export.schema import COLUMNS
from site_builder.records.columns import Type
from site_builder.vocabulary import Kind
from site_builder.workers import Local

HAN = "澄泓涵湛溪汀洛漪濯潼沐泠渊淙涟滢"
HIDDEN = {
    "legal_representative",
    "principal",
    "actual_controller",
    "authority_code",
    "lists",
    "beyond_maximum_basis",
    "consent_scope",
    "sector",
    "removal_cause",
    "removal_no",
}
WAYS_OUT = (
    {"disclosure": "query"},
    {"disclosure": "shared"},
    {"removed_on": small_sites.AS_OF},
    {"revoked_on": small_sites.AS_OF},
    {"repaired_on": small_sites.AS_OF},
    {"published_on": small_sites.AS_OF + small_sites.dt.timedelta(days=1)},
    {"notified_on": None},
    {"remedies": "无"},
)
RECORDS = 220
MARK = re.compile(rf"[{HAN}]{{5}}演示|Mk[0-9]{{6}}q|91210298[0-9A-Z]{{10}}|[PW](?:[SMR]|[A-Z]{{2}})-[0-9]{{4}}-k")


MAKERS = small_sites.OPTIONAL | {
    Kind.COMMITMENT: small_sites.breach,
    Kind.ABNORMAL: partial(small_sites.abnormal, catalogue_item="PCA-0000-k"),
}


class Marks:
    """Gives markers and remembers them by what they stand in."""

    def __init__(self, start):
        self._numbers = itertools.count(start)
        self.given = []

    def chinese(self):
        number = next(self._numbers)
        mark = "".join(HAN[number >> shift & 15] for shift in (16, 12, 8, 4, 0)) + "演示"
        self.given.append(mark)
        return mark

    def latin(self):
        mark = f"Mk{next(self._numbers):06}q"
        self.given.append(mark)
        return mark

    def one(self):
        return self.latin() if next(self._numbers) % 2 else self.chinese()

    def sentences(self):
        return "。".join(self.one() for _ in range(4))

    def code(self):
        code = small_sites.credit_code(next(self._numbers), "91210298")
        self.given.append(code)
        return code


def filled(row, kind, marks, *, shown):
    """The row with markers in every field of text; what is hidden of shown records keeps none."""
    for column in COLUMNS[kind]:
        name = column.name
        if shown and name in HIDDEN:
            continue
        if column.type is Type.LIST and name != "measure_ids":
            row[name] = [marks.one() for _ in range(3)]
        elif column.type is Type.TEXT and name != "term_basis":
            row[name] = marks.one() if FORMS.get(name) else marks.sentences()
            if name.endswith("_basis"):
                row[name] = f"《演示》{row[name]}"
    if "subject_code" in row:
        row["subject_code"] = marks.code()
    marks.given.append(row["id"])
    return row


def lists(marks, *, shown):
    prefix = "P" if shown else "W"
    severe = []
    for number in range(RECORDS):
        way = {} if shown else WAYS_OUT[number % len(WAYS_OUT)]
        row = filled(small_sites.entry(f"{prefix}S-{number:04}-k"), Kind.SEVERE, marks, shown=shown)
        if "remedies" in way:
            marks.given = [mark for mark in marks.given if mark not in row["remedies"]]
        severe.append(row | way)
    return {
        "severe": severe,
        "measures": [
            filled(small_sites.measure(f"{prefix}M-{number:04}-k"), Kind.MEASURE, marks, shown=shown)
            | ({} if shown else {"disclosure": "query"})
            for number in range(60)
        ],
        "models": [
            filled(small_sites.model(f"{prefix}R-{number:04}-k"), Kind.ROLE_MODEL, marks, shown=shown)
            | ({} if shown else {"withdrawn_on": small_sites.AS_OF})
            for number in range(60)
        ],
        "others": {
            kind: [
                filled(make(f"{prefix}{kind.name[:2]}-{number:04}-k"), kind, marks, shown=shown)
                | ({} if shown else {"published_on": small_sites.AS_OF + dt.timedelta(days=1)})
                for number in range(40)
            ]
            for kind, make in MAKERS.items()
        },
    }


@pytest.fixture(scope="module")
def marked(tmp_path_factory):
    folder = tmp_path_factory.mktemp("markers")
    shown, hidden = Marks(0), Marks(500_000)
    open_rows, closed_rows = lists(shown, shown=True), lists(hidden, shown=False)
    site = small_sites.write_site(folder / "content")
    others = {kind: rows + closed_rows["others"][kind] for kind, rows in open_rows.pop("others").items()}
    both = {key: open_rows[key] + closed_rows[key] for key in open_rows}
    export = small_sites.write_export(folder / "export", others=others, **both)
    small_sites.build_site(site, export, folder / "out", jobs=2)
    tree = Tree(site, export, small_sites.live_root(folder / "out"), folder)
    return tree, shown.given, hidden.given


def marks_in(tree):
    """Every marker, code and id in the site's text files."""
    found = set()
    for path, data in small_sites.files_of(tree.built).items():
        if path.endswith((".html", ".jsonl", ".csv", ".xml", ".txt")):
            found.update(MARK.findall(data.decode()))
    return found


def test_ten_thousand_markers_of_withheld_records_are_nowhere(marked):
    tree, _, hidden = marked
    assert len(set(hidden)) >= 10_000
    assert marks_in(tree).isdisjoint(hidden)
    assert tree.fresh().audit(jobs=2) == ()


def test_the_same_markers_in_published_records_are_all_there(marked):
    tree, shown, _ = marked
    assert len(set(shown)) >= 10_000
    assert set(shown) <= marks_in(tree)


def test_every_marker_of_a_withheld_record_is_looked_for(marked):
    tree, shown, hidden = marked
    wanted = forbidden(tree.site, tree.themes, tree.expected, (), Local().run)
    searcher = Searcher(wanted, wanted.excused, small_sites.AS_OF)
    assert [mark for mark in hidden if not list(searcher.text(f"演示前：{mark}，演示后".encode()))] == []
    assert [mark for mark in shown if list(searcher.text(mark.encode()))] == []
