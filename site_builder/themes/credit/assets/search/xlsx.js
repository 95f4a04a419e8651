// A workbook of sheets of texts and days (ECMA-376), made in the browser; nothing is sent anywhere.

import { HEAD, escaped, zip } from '../zip.js';

const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006';
const KIND = 'application/vnd.openxmlformats-officedocument.spreadsheetml';

/** What a spreadsheet holds at most in a cell. */
const LONGEST = 32767;

/** What a sheet's name may be: no longer, and without the characters formulas read. */
const LONGEST_TITLE = 31;

const titled = (name) => name.replace(/[\\/?*[\]:]/g, ' ').slice(0, LONGEST_TITLE);

const BOLD = 1;
const DAY = 2;

/** The first day that all spreadsheets count alike; an earlier one is written as text, as in the site's own files. */
const FIRST_DAY = '1900-03-01';
const DAY_MS = 86400000;
const ORIGIN = Date.UTC(1899, 11, 30) / DAY_MS;

/** A column's letters: `A` … `Z`, `AA` … */
function column(place) {
  const before = Math.floor(place / 26);
  return (before > 0 ? column(before - 1) : '') + String.fromCharCode(65 + (place % 26));
}

/** Days since the origin of spreadsheets, or nothing where a text is no day they all know. */
function serial(text) {
  const day = /^\d{4}-\d{2}-\d{2}$/.test(text) && text >= FIRST_DAY ? Date.parse(`${text}T00:00:00Z`) : NaN;
  return Number.isNaN(day) ? undefined : day / DAY_MS - ORIGIN;
}

function cell(text, place, row, style) {
  const day = style === DAY ? serial(text) : undefined;
  if (day !== undefined) return `<c r="${column(place)}${row}" s="${DAY}"><v>${day}</v></c>`;
  if (style === DAY) return cell(text, place, row, 0);
  return `<c r="${column(place)}${row}" s="${style}" t="inlineStr"><is><t xml:space="preserve">${escaped(String(text).slice(0, LONGEST))}</t></is></c>`;
}

function sheet({ about, head, rows, widths, days = [] }) {
  const above = about.length > 0 ? [...about, []] : [];
  const first = above.length + 1;
  const lines = [...above, head, ...rows].map((cells, place) => {
    const number = place + 1;
    const style = (at) => {
      if (number === first || (number === 1 && at === 0)) return BOLD;
      return number > first && days.includes(at) ? DAY : 0;
    };
    const told = cells.map((text, at) => cell(text ?? '', at, number, style(at)));
    return `<row r="${number}">${told.join('')}</row>`;
  });
  const columns = widths.map((width, place) => `<col min="${place + 1}" max="${place + 1}" width="${width}" customWidth="1"/>`);
  const pane = `<pane ySplit="${first}" topLeftCell="A${first + 1}" activePane="bottomLeft" state="frozen"/>`;
  const range = `A${first}:${column(head.length - 1)}${first + rows.length}`;
  return `${HEAD}<worksheet xmlns="${MAIN}"><sheetViews><sheetView workbookViewId="0">${pane}</sheetView></sheetViews>`
    + `<cols>${columns.join('')}</cols><sheetData>${lines.join('')}</sheetData><autoFilter ref="${range}"/></worksheet>`;
}

/**
 * A workbook as a `Blob`, of sheets `{name, about, head, rows, widths, days}`: above, lines of what it is (`about`),
 * then a table with its head; all cells are text, but for the days in the columns at the places `days` (from 0).
 * `widths` of the columns in characters.
 */
export function workbook(sheets) {
  const file = (number) => `worksheets/sheet${number}`;
  const each = (make) => sheets.map((one, place) => make(place + 1, one));
  const type = (part, kind) => `<Override PartName="/xl/${part}.xml" ContentType="${KIND}.${kind}+xml"/>`;
  const link = (id, kind, target) => `<Relationship Id="rId${id}" Type="${OFFICE}/${kind}" Target="${target}"/>`;
  const links = (...all) => `${HEAD}<Relationships xmlns="${PACKAGE}/relationships">${all.join('')}</Relationships>`;
  const font = (bold) => `<font>${bold}<sz val="11"/><name val="宋体"/></font>`;
  const files = [
    ['[Content_Types].xml', `${HEAD}<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>`
      + `<Default Extension="xml" ContentType="application/xml"/>${type('workbook', 'sheet.main')}${each((number) => type(file(number), 'worksheet')).join('')}${type('styles', 'styles')}</Types>`],
    ['_rels/.rels', links(link(1, 'officeDocument', 'xl/workbook.xml'))],
    ['xl/workbook.xml', `${HEAD}<workbook xmlns="${MAIN}" xmlns:r="${OFFICE}"><sheets>`
      + `${each((number, { name }) => `<sheet name="${escaped(titled(name))}" sheetId="${number}" r:id="rId${number}"/>`).join('')}</sheets></workbook>`],
    ['xl/_rels/workbook.xml.rels', links(...each((number) => link(number, 'worksheet', `${file(number)}.xml`)), link(sheets.length + 1, 'styles', 'styles.xml'))],
    ['xl/styles.xml', `${HEAD}<styleSheet xmlns="${MAIN}"><numFmts count="1"><numFmt numFmtId="164" formatCode="yyyy-mm-dd"/></numFmts><fonts count="2">${font('')}${font('<b/>')}</fonts>`
      + `<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/>`
      + `</fill></fills><borders count="1"><border><left/><right/><top/><bottom/>`
      + `<diagonal/></border></borders><cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/>`
      + `</cellStyleXfs><cellXfs count="3"><xf numFmtId="49" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>`
      + `<xf numFmtId="49" fontId="1" fillId="0" borderId="0" xfId="0" applyNumberFormat="1" applyFont="1"/>`
      + `<xf numFmtId="164" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>`
      + `</cellXfs><cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/>`
      + `</cellStyles></styleSheet>`],
    ...each((number, one) => [`xl/${file(number)}.xml`, sheet(one)]),
  ];
  return zip(files, `${KIND}.sheet`);
}
