"""``data/``: the descriptor, checksums and catalogue of the downloads, and the page with the data dictionary."""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping

import msgspec

from site_builder.kinds.shown import SHOWN
from site_builder.outputs import catalogue, formats, ftm, measure_links, openapi
from site_builder.outputs.columns import COLUMNS, heading, words_of
from site_builder.outputs.datapackage import About, File, checksums, datapackage
from site_builder.outputs.datasette import datasette
from site_builder.pages import open_data, urls
from site_builder.pages.contexts import Dataset, DictionaryField, Entities, FileLink, Link, YearFile
from site_builder.pages.surroundings import Surroundings, label
from site_builder.public.columns import ShownColumn
from site_builder.public.view import REGION
from site_builder.vocabulary import Kind
from site_builder.write import record_json
from site_builder.write.site_pages import Writer

TYPES = {
    "string": "文本",
    "date": "日期 YYYY-MM-DD",
    "boolean": "true / false",
    "integer": "整数",
    "list": "文本，多项",
}
"""What the types of the data dictionary are called."""

NOTES = {kind: shown.note for kind, shown in SHOWN.items()}
LINKS_NOTE = "每行是一项措施的一项依据和一个实施主体，依据和条款带本站条文的地址。"
CITING_NOTE = "每行是一项措施和一条适用它的名单记录。"
WHOLE = "全部公示信息"


def write_data(
    writer: Writer,
    rows: Mapping[Kind, int],
    years: Mapping[Kind, Mapping[str, int]],
    about: About,
    *,
    link_rows: int,
    persons: Container[Kind],
    figures: tuple[str, ...],
) -> None:
    """All of ``data/`` that is not the rows themselves; takes the rows' files into the list.

    ``rows`` tells how many records each kind of the site has, ``link_rows`` how many rows measures have as data;
    ``persons`` are the kinds that name natural persons, ``figures`` the charts' names.
    """
    tree, around = writer.tree, writer.rendering.around
    whole = {kind: tuple(_adopted(writer, kind)) for kind in rows}
    parts = {kind: tuple(_adopted_years(writer, kind, years[kind])) for kind in rows}
    links = tuple(_adopted_tables(writer, urls.MEASURE_LINKS, formats.MEASURE_LINKS, Kind.MEASURE))
    citing = tuple(_adopted_tables(writer, urls.MEASURE_ENTRIES, formats.MEASURE_ENTRIES, Kind.SEVERE))
    together = [
        _file(writer, urls.download_of_all(one.name), f"{about.title}（{one.label}）") for one in formats.together()
    ]
    entities = _file(writer, urls.ENTITIES, f"{ftm.TITLE}（{ftm.FORMAT.label}）")
    files = [*(one for kind in rows for one in (*whole[kind], *parts[kind])), *links, *citing, *together, entities]
    listed = openapi.addresses(tuple(rows), figures, record_json=writer.rendering.record_json)
    about_them = record_json.meanings(tuple(rows), around) | {
        urls.OPENAPI: openapi.openapi(about, around.canonical(""), listed),
        urls.DATA_PACKAGE: datapackage(about, files),
        urls.DATASETTE: datasette(about, tuple(rows)),
    }
    beside = [_file(writer, urls.IDS, "")]
    for address, text in about_them.items():
        beside.append(File(address=address, title="", size=len(text), sha256=tree.write(address, text)))
    tree.write(urls.CHECKSUMS, checksums([*files, *beside]))
    sets = [
        catalogue.Set(
            name=kind.value,
            title=label(kind),
            description=NOTES[kind],
            page=f"{about.homepage}#{kind}",
            keywords=("公共信用信息", label(kind), around.site.site.name),
            files=whole[kind],
        )
        for kind in rows
    ]
    sets.append(
        catalogue.Set(
            name=open_data.ENTITIES,
            title=ftm.TITLE,
            description=ftm.NOTE,
            page=f"{about.homepage}#{open_data.ENTITIES}",
            keywords=("公共信用信息", ftm.FORMAT.label, around.site.site.name),
            files=(entities,),
        )
    )
    tree.write(urls.CATALOGUE, catalogue.catalogue(about, sets, around.canonical(urls.CATALOGUE), around.canonical("")))
    datasets = [
        _dataset(formats.table_of(kind), kind, NOTES[kind], number, whole[kind], parts[kind], around)
        for kind, number in rows.items()
    ]
    tables = [
        _dataset(formats.MEASURE_LINKS, Kind.MEASURE, LINKS_NOTE, None, links, (), around),
        _dataset(formats.MEASURE_ENTRIES, Kind.SEVERE, CITING_NOTE, None, citing, (), around),
    ]
    base = next(_link(one, WHOLE, around) for one in together if one.address == urls.DATABASE)
    addresses = [(one.path, one.about, one.media) for one in listed]
    linked = Entities(ftm.TITLE, ftm.NOTE, _link(entities, ftm.TITLE, around))
    page = open_data.data_page(datasets, tables, base, linked, about.terms, formats.media(), addresses, around)
    writer.page("data.html", page, "data")
    for kind, data in zip(rows, datasets, strict=True):
        sizes = {file.address: file.size for file in parts[kind]}
        _explore(writer, data, _year_files(kind, years[kind], sizes), COLUMNS[kind], noindex=kind in persons)
    whole_links = [YearFile("all", "全部", links[-1].address, link_rows, links[-1].size)]
    _explore(writer, tables[0], whole_links, measure_links.LINKS, noindex=False)


def _adopted(writer: Writer, kind: Kind) -> Iterator[File]:
    columns = _sourced(COLUMNS[kind], kind, writer.rendering.around)
    for one in formats.of_a_kind():
        title = f"{label(kind)}（{one.label}）"
        yield _file(writer, urls.download(kind, one.name), title, columns, "id")


def _adopted_years(writer: Writer, kind: Kind, years: Mapping[str, int]) -> Iterator[File]:
    columns = _sourced(COLUMNS[kind], kind, writer.rendering.around)
    for year in years:
        for one in formats.by_line():
            title = f"{label(kind)} {year} 年（{one.label}）"
            yield _file(writer, urls.download_of_year(kind, year, one.name), title, columns, "id")


def _adopted_tables(writer: Writer, stem: str, table: formats.RowSet, of: Kind) -> Iterator[File]:
    """The files of a table beside the kinds; what its columns come from is told as of the kind ``of``."""
    columns = _sourced(table.columns, of, writer.rendering.around)
    for one in formats.by_line():
        yield _file(writer, f"{stem}{one.name}", f"{table.title}（{one.label}）", columns)


def _file(writer: Writer, address: str, title: str, columns: tuple[ShownColumn, ...] = (), key: str = "") -> File:
    digest_, size = writer.tree.adopt(address)
    return File(address=address, title=title, size=size, sha256=digest_, columns=columns, key=key)


def _year_files(kind: Kind, rows: Mapping[str, int], sizes: Mapping[str, int]) -> list[YearFile]:
    """The files the table of a kind is read from, the newest first."""
    addresses = {year: urls.download_of_year(kind, year, "jsonl") for year in rows}
    return [
        YearFile(year, f"{year} 年", addresses[year], rows[year], sizes[addresses[year]])
        for year in sorted(rows, reverse=True)
    ]


def _explore(
    writer: Writer, data: Dataset, files: list[YearFile], columns: tuple[ShownColumn, ...], *, noindex: bool
) -> None:
    around = writer.rendering.around
    words: dict[str, Mapping[str, str]] = {one.name: {word: label(word) for word in one.words} for one in columns}
    words[REGION.name] = around.site.regions
    headings = {one.name: heading(one) for one in columns}
    days = {one.name for one in columns if one.type == "date"}
    page = open_data.explore_page(data, files, words, headings, days, around, noindex=noindex)
    writer.page("explore.html", page, "data")


def _dataset(
    table: formats.RowSet,
    of: Kind,
    note: str,
    rows: int | None,
    files: tuple[File, ...],
    years: tuple[File, ...],
    around: Surroundings,
) -> Dataset:
    by_year: dict[str, list[Link]] = {}
    for file in years:
        year = file.address.rpartition("-")[2].partition(".")[0]
        saved = around.saved_as(file.address, table.title)
        by_year.setdefault(year, []).append(Link(file.address, file.format.label, saved=saved))
    return Dataset(
        title=table.title,
        name=table.name,
        note=note,
        rows=rows,
        files=tuple(_link(file, table.title, around) for file in files),
        years=tuple((year, tuple(links)) for year, links in sorted(by_year.items(), reverse=True)),
        fields=tuple(_field(column, of, around) for column in table.columns),
        citation=open_data.cited(table.name, table.title, around),
        explore=urls.explorer(table.name) if table.name in open_data.MAIN else "",
    )


def _link(file: File, title: str, around: Surroundings) -> FileLink:
    """A file as the page leads to it; ``title`` says what is in it."""
    saved = around.saved_as(file.address, title)
    return FileLink(file.address, file.format.label, file.size, saved, file.sha256)


def _sourced(columns: tuple[ShownColumn, ...], of: Kind, around: Surroundings) -> tuple[ShownColumn, ...]:
    """The columns with the articles they come from."""
    told = {one.name: "、".join(basis.text for basis in around.sources(of, one.name)) for one in columns}
    return tuple(msgspec.structs.replace(one, source=told[one.name]) if told[one.name] else one for one in columns)


def _field(column: ShownColumn, of: Kind, around: Surroundings) -> DictionaryField:
    """A column in the dictionary; its articles are those of this site's regulations."""
    return DictionaryField(
        name=column.name,
        label=column.label,
        about=column.about,
        type=TYPES[column.type],
        unit=column.unit,
        values=words_of(column),
        source=tuple(one for one in around.sources(of, column.name) if one.href),
    )
