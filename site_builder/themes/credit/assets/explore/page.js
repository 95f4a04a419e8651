// Every published row of a kind, to sort, filter, count and save. The grid is Tabulator, as it comes.

import { TabulatorFull as Tabulator } from './tabulator/tabulator.js';
import { fileName, save, toCsv } from '../search/csv.js';
import { masked, tellsNumber } from '../search/lookup/resident.js';
import { workbook } from '../search/xlsx.js';
import { showRail } from './rail.js';
import { countBy, load, textOf } from './rows.js';
import { fromAddress, isView, toAddress } from './state.js';

const MOST_COUNTED = 500;
const MOST_SAVED = 50000;
const PAGE = 20;

/** The least and the most a column is wide, what its edges take, and about how wide a character is: in ems. */
const [NARROWEST, WIDEST, EDGES, LATIN, OTHER] = [6, 17, 1.5, 0.6, 1];

/** The most the column that stays in sight takes of a phone. */
const WIDEST_HELD = 9;
const about = JSON.parse(document.getElementById('columns').textContent);
const names = about.columns.map((column) => column.name);
const root = new URL(document.body.querySelector('[data-root]').dataset.root, location.href).href;
const find = (id) => document.getElementById(id);
const [years, all, count, status, counted, rail, narrowed] = ['years', 'all', 'count', 'status', 'counted', 'rail', 'narrowed'].map(find);
const narrow = matchMedia('(max-width: 47.99rem)');
find('fold').open = matchMedia('(min-width: 75rem)').matches;
let view = fromAddress(location.href, names);
for (const { name, words = {} } of about.columns) { // a value may be asked for in words
  const told = Object.keys(words).find((word) => words[word] === view.filters[name]);
  if (told !== undefined) view.filters[name] = told;
}
let table;
let made;
let isTyping = false;
const shownOf = { typed: '', text: '' }; // what was typed last, with numbers in it masked: asked of every row

/** A published address as one of this copy of the site. */
const here = (url) => (url.startsWith(about.home) ? root + url.slice(about.home.length) : url);

function linked(to, text) {
  const link = document.createElement('a');
  link.href = here(to);
  link.textContent = text;
  return link;
}

/** A value as people read it: machine words, divisions and flags in words. */
function wordOf(column, value) {
  if (typeof value === 'boolean') return value ? '是' : '否';
  return column.words?.[value] ?? (value && column.other) ?? textOf(value);
}

/** What a column is filtered by, where it holds machine words: each in words, and what has none. */
const choicesOf = (column) => ({ '': '', ...column.words, ...(column.other ? { other: column.other } : {}) });

/** Whether a value is the one a text asks for: between quotes exactly, else with it inside. */
function has(wanted, value) {
  const exact = /^"(.*)"$/s.exec(wanted);
  if (exact) return Array.isArray(value) ? value.includes(exact[1]) : textOf(value) === exact[1];
  return textOf(value).toLowerCase().includes(wanted.toLowerCase());
}

/** Whether a value has what was typed, as it is or, of a resident ID number, as it is shown. */
function holds(typed, value) {
  if (shownOf.typed !== typed) Object.assign(shownOf, { typed, text: masked(typed) });
  return has(typed, value) || (shownOf.text !== typed && has(shownOf.text, value));
}

/** Whether a value is the machine word asked for, or none of those that have a name. */
function is(column, wanted, value) {
  return wanted === '' || value === wanted || (wanted === 'other' && column.other !== undefined && !(value in column.words));
}

function cell(column) {
  return (shown) => {
    const value = shown.getValue();
    const row = shown.getData();
    if (column.link && row[column.link]) return linked(row[column.link], textOf(value));
    return document.createTextNode(wordOf(column, value));
  };
}

/** How many ems a text takes. */
function wide(text) {
  return [...text].reduce((sum, one) => sum + (one < '\u0080' ? LATIN : OTHER), 0);
}

/** As wide as its head and the first rows ask for; told beforehand, so that the grid need not measure each cell. */
function widthOf(column, rows) {
  const texts = rows.slice(0, PAGE).map((row) => wordOf(column, row[column.name]));
  const ems = Math.max(EDGES + wide(column.label), ...texts.map(wide)) + EDGES;
  const most = narrow.matches && column.name === about.title_column ? WIDEST_HELD : WIDEST;
  return Math.ceil(Math.min(most, Math.max(NARROWEST, ems)) * parseFloat(getComputedStyle(find('grid')).fontSize));
}

/** What a column is filtered by to show the rows with a value: its word, or exactly its text. */
function filterOf(column, value) {
  if (column.words === undefined) return `"${value}"`;
  return column.other && !(value in column.words) ? 'other' : value;
}

/** Whether a row passes all filters but that of one column. */
const passes = (row, but) => Object.entries(view.filters).every(([name, wanted]) => {
  const column = about.columns.find((one) => one.name === name);
  return name === but || wanted === '' || (column.words ? is(column, wanted, row[name]) : holds(wanted, row[name]));
});

/** The columns that are shown, and those by which rows are filtered or sorted though they are not. */
function columnsOf(rows) {
  const asked = new Set([...Object.keys(view.filters), view.sort.replace(/^-/, '')]);
  const shown = about.columns.filter((column) => view.all || column.main || asked.has(column.name));
  const first = shown.find((column) => column.name === about.title_column); // what a row is about stays in sight
  return [...(first ? [first] : []), ...shown.filter((column) => column !== first)].map((column) => columnOf(column, rows));
}

const compared = (one, two) => (one < two ? -1 : Number(one > two));

function columnOf(column, rows) {
  const inOrder = column.number ? (value) => (textOf(value) === '' ? -1 : Number(value)) : textOf; // of sums the number, none first
  const words = column.words ? choicesOf(column) : null;
  return {
    title: column.label,
    frozen: column.name === about.title_column,
    field: column.name,
    visible: view.all || column.main,
    formatter: cell(column),
    sorter: (one, two) => compared(inOrder(one), inOrder(two)),
    headerFilter: words ? 'list' : 'input',
    headerFilterParams: { elementAttributes: { 'aria-label': `筛选${column.label}` }, ...(words ? { values: words } : {}) },
    headerFilterFunc: words ? (wanted, value) => is(column, wanted, value) : holds,
    width: widthOf(column, rows),
  };
}

function remember() {
  history.replaceState(null, '', toAddress(view, isTyping));
}

/** What the rows are narrowed by, in words: `（只看失信行为类别：…）`; empty where nothing is. */
function narrowing() {
  const parts = Object.entries(view.filters).filter(([, wanted]) => wanted !== '').map(([name, typed]) => {
    const wanted = masked(typed);
    const column = about.columns.find((one) => one.name === name);
    const exact = /^"(.*)"$/s.exec(wanted);
    if (column.words === undefined && !exact) return `${column.label}含“${wanted}”`;
    return `${column.label}：${exact?.[1] ?? choicesOf(column)[wanted] ?? wanted}`;
  });
  return parts.length === 0 ? '' : `（只看${parts.join('；')}）`;
}

/** How many rows there are, what they are narrowed by, and on the buttons what they save. */
function tellHowMany(rows) {
  const many = rows.length.toLocaleString();
  status.textContent = `共 ${many} 行`;
  const words = narrowing();
  narrowed.hidden = words === '';
  narrowed.querySelector('[data-words]').textContent = words;
  find('save-xlsx').textContent = `保存这 ${many} 行为 Excel`;
  find('save').textContent = `保存这 ${many} 行为 CSV`;
}

function tell() {
  if (table === undefined) return;
  const rows = table.getData('active');
  tellHowMany(rows);
  const choose = (name, filter) => {
    if (about.columns.some((column) => column.name === name && !column.main) && !view.all) {
      view.filters[name] = filter;
      again();
    } else table.setHeaderFilterValue(name, filter);
  };
  const columns = about.columns.filter((column) => column.facet);
  showRail(rail, columns, table.getData(), { passes, wordOf, filterOf, filters: view.filters, choose });
  counted.replaceChildren();
  counted.hidden = view.count === '';
  if (view.count === '') return;
  const column = about.columns.find((one) => one.name === view.count);
  const found = countBy(rows, view.count);
  for (const [value, number] of found.slice(0, MOST_COUNTED)) {
    const line = counted.insertRow();
    line.insertCell().textContent = wordOf(column, value) || '（空）';
    line.insertCell().textContent = number.toLocaleString();
  }
  if (found.length > MOST_COUNTED) counted.insertRow().insertCell().textContent = `另有 ${found.length - MOST_COUNTED} 个值`;
}

const filesOf = (year) => about.files.filter((file) => year === 'all' || file.year === year).map((file) => root + file.href);

/**
 * A grid may hold rows alone: what scrolls is a group of rows, and the buttons of its pages are the cells of one. It has a
 * name, and the names of its columns are pressed with keys as with a finger.
 */
function arrange() {
  const roles = [['tableholder', 'rowgroup'], ['table', 'presentation'], ['footer', 'rowgroup'], ['footer-contents', 'row']];
  const cells = [['page-counter', 'gridcell'], ['paginator', 'gridcell']];
  for (const [name, role] of [...roles, ...cells]) {
    for (const node of find('grid').querySelectorAll(`.tabulator-${name}`)) node.setAttribute('role', role);
  }
  find('grid').setAttribute('aria-label', about.title);
  for (const title of find('grid').querySelectorAll('.tabulator-col-title')) {
    title.setAttribute('role', 'button');
    title.tabIndex = 0;
    title.addEventListener('keydown', (event) => {
      if (event.key !== 'Enter' && event.key !== ' ') return;
      event.preventDefault();
      title.click();
    });
  }
}

/** The grid, without rows, for the columns that are asked for; made when the rows are there that say how wide they are. */
async function make(rows) {
  table = new Tabulator('#grid', {
    columns: columnsOf(rows),
    index: 'id',
    layout: 'fitData',
    pagination: true,
    paginationSize: PAGE,
    paginationCounter: 'rows',
    columnDefaults: { headerTooltip: true, tooltip: false, resizable: 'header' },
    placeholder: '没有符合的记录',
    initialSort: view.sort === '' ? [] : [{ column: view.sort.replace(/^-/, ''), dir: view.sort.startsWith('-') ? 'desc' : 'asc' }],
    initialHeaderFilter: Object.entries(view.filters).map(([field, value]) => ({ field, value })),
    locale: 'zh',
    langs: {
      zh: {
        pagination: {
          first: '首页', first_title: '首页', last: '末页', last_title: '末页', prev: '上一页', prev_title: '上一页',
          next: '下一页', next_title: '下一页', counter: { showing: '第', of: '行，共', rows: '行', pages: '页' },
        },
      },
    },
  });
  await new Promise((built) => { table.on('tableBuilt', built); });
  arrange();
  table.on('dataSorted', (sorters) => {
    view.sort = sorters.length ? (sorters[0].dir === 'desc' ? '-' : '') + sorters[0].field : '';
    remember();
  });
  table.on('dataFiltered', () => {
    view.filters = Object.fromEntries(table.getHeaderFilters().map(({ field, value }) => [field, value]));
    remember();
    setTimeout(tell);
  });
}

async function open() {
  const known = [...years.options].some((option) => option.value === view.year); // of one year there is no "all"
  if (!known) view.year = '';
  const year = view.year || about.usual;
  years.value = year;
  document.body.dataset.explore = 'busy';
  try {
    const rows = await load(filesOf(year), (done, of) => { status.textContent = `正在读取 ${done}/${of}……`; });
    if (years.value !== year) return; // another was chosen meanwhile
    made ??= make(rows);
    await made;
    await new Promise((then) => { setTimeout(then); }); // a phone is not held up for as long as both take
    await table.setData(rows);
    tell();
    document.body.dataset.explore = 'done';
  } catch {
    status.textContent = '读取失败，请刷新，或者下载文件。';
    document.body.dataset.explore = 'error';
  }
}

/** Make the grid anew: it has other columns. */
function again() {
  remember();
  table?.destroy();
  made = undefined;
  open();
}

if (location.search !== '' || tellsNumber(location.href)) remember();
addEventListener('hashchange', () => {
  if (isView(location.hash)) location.reload();
  else if (location.hash !== '') remember(); // a place on the page: the address goes on telling the view
});
find('grid').addEventListener('input', () => { isTyping = true; });
for (const end of ['change', 'focusout']) {
  find('grid').addEventListener(end, () => {
    isTyping = false;
    remember();
  });
}
find('to-grid').addEventListener('click', (event) => {
  event.preventDefault();
  find('grid').querySelector('.tabulator-col-title')?.focus();
});
years.addEventListener('change', () => {
  view.year = years.value === about.usual ? '' : years.value;
  remember();
  open();
});
all.addEventListener('change', () => {
  view.all = all.checked;
  again();
});
count.addEventListener('change', () => {
  view.count = count.value;
  remember();
  tell();
});

/** What is saved: every column of the rows shown, headings and values as people read them. */
function told() {
  const rows = (table?.getRows('active') ?? []).map((row) => row.getData());
  return [about.columns.map((column) => column.label), rows.map((row) => about.columns.map((column) => wordOf(column, row[column.name])))];
}

/** A file's name that says what is in it: whose it is, the list, its year, what it was narrowed by, of which day. */
function nameOf(extension) {
  const by = Object.entries(view.filters).filter(([, value]) => value !== '').map(([name, value]) => {
    const column = about.columns.find((one) => one.name === name);
    return value === 'other' && column.other ? column.other : (column.words?.[value] ?? masked(value).replace(/^"(.*)"$/s, '$1'));
  });
  const year = years.value === 'all' ? [] : [`${years.value}年`];
  return fileName([about.site, about.title, ...year, ...by], about.day, extension);
}

find('save').addEventListener('click', () => {
  const [head, rows] = told();
  save(nameOf('csv'), toCsv([head, ...rows]));
});
find('save-xlsx').addEventListener('click', () => {
  const [head, rows] = told();
  if (rows.length > MOST_SAVED) {
    status.textContent = `共 ${rows.length.toLocaleString()} 行；浏览器里一次最多存 ${MOST_SAVED.toLocaleString()} 行 Excel，请筛选后再存，或者下载整份文件。`;
    return;
  }
  const lines = [[about.title], ['网站', about.site], ['数据版本', about.version], ['说明', `${status.textContent}${narrowing()}。记录停止公示后，请停止使用。`]];
  const widths = about.columns.map((column) => (column.main ? 22 : 14));
  const days = about.columns.flatMap((column, place) => (column.day ? [place] : []));
  const legend = about.columns.map((column) => [column.label, column.about, column.name]);
  save(nameOf('xlsx'), workbook([
    { name: about.title, about: lines, head, rows, widths, days },
    { name: '字段说明', about: [], head: ['列名', '含义', 'CSV、JSON Lines 等里的列名'], rows: legend, widths: [22, 60, 28] },
  ]));
});

find('widen').addEventListener('click', () => {
  view.filters = {};
  again();
  years.focus();
});

all.checked = view.all;
count.value = view.count;
open();
