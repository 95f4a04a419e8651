// Every published row of a kind, to sort, filter, count and save. The grid is Tabulator, as it comes.

import { TabulatorFull as Tabulator } from './tabulator/tabulator.js';
import { save, toCsv } from '../search/csv.js';
import { countBy, load, textOf } from './rows.js';
import { fromAddress, isView, toAddress } from './state.js';

const MOST_COUNTED = 500;
const about = JSON.parse(document.getElementById('columns').textContent);
const names = about.columns.map((column) => column.name);
const root = new URL(document.body.querySelector('[data-root]').dataset.root, location.href).href;
const find = (id) => document.getElementById(id);
const [years, all, count, status, counted] = ['years', 'all', 'count', 'status', 'counted'].map(find);
let view = fromAddress(location.href, names);
let table;

/** A published address as one of this copy of the site. */
const here = (url) => (url.startsWith(about.home) ? root + url.slice(about.home.length) : url);

function linked(to, text) {
  const link = document.createElement('a');
  link.href = here(to);
  link.textContent = text;
  return link;
}

function cell(column) {
  return (shown) => {
    const value = shown.getValue();
    const row = shown.getData();
    if (column.link && row[column.link]) return linked(row[column.link], textOf(value));
    const span = document.createElement('span');
    span.textContent = column.words?.[value] ?? textOf(value);
    return span;
  };
}

function columnOf(column) {
  const words = column.words ? { '': '', ...column.words } : null;
  return {
    title: column.label,
    field: column.name,
    visible: view.all || column.main,
    formatter: cell(column),
    sorter: (one, two) => (textOf(one) < textOf(two) ? -1 : Number(textOf(one) > textOf(two))),
    headerFilter: words ? 'list' : 'input',
    headerFilterParams: { elementAttributes: { 'aria-label': `筛选${column.label}` }, ...(words ? { values: words } : {}) },
    headerFilterFunc: words
      ? (wanted, value) => wanted === '' || value === wanted
      : (wanted, value) => textOf(value).toLowerCase().includes(wanted.toLowerCase()),
    minWidth: 90,
    maxInitialWidth: 260,
  };
}

function remember() {
  history.replaceState(null, '', toAddress(view));
}

function tell() {
  const rows = table.getData('active');
  status.textContent = `共 ${rows.length.toLocaleString()} 行`;
  counted.replaceChildren();
  counted.hidden = view.count === '';
  if (view.count === '') return;
  const column = about.columns.find((one) => one.name === view.count);
  const found = countBy(rows, view.count);
  for (const [value, number] of found.slice(0, MOST_COUNTED)) {
    const line = counted.insertRow();
    line.insertCell().textContent = column.words?.[value] ?? (value || '（空）');
    line.insertCell().textContent = number.toLocaleString();
  }
  if (found.length > MOST_COUNTED) counted.insertRow().insertCell().textContent = `另有 ${found.length - MOST_COUNTED} 个值`;
}

const filesOf = (year) => about.files.filter((file) => year === 'all' || file.year === year).map((file) => root + file.href);

async function open() {
  if (!about.files.some((file) => file.year === view.year) && view.year !== 'all') view.year = '';
  const year = view.year || about.files[0]?.year || 'all';
  years.value = year;
  document.body.dataset.explore = 'busy';
  try {
    const rows = await load(filesOf(year), (done, of) => { status.textContent = `正在读取 ${done}/${of}……`; });
    await table.setData(rows);
    tell();
    document.body.dataset.explore = 'done';
  } catch {
    status.textContent = '读取失败，请刷新，或者下载文件。';
    document.body.dataset.explore = 'error';
  }
}

table = new Tabulator('#grid', {
  columns: about.columns.map(columnOf),
  index: 'id',
  layout: 'fitDataFill',
  pagination: true,
  paginationSize: 50,
  paginationCounter: 'rows',
  columnDefaults: { headerTooltip: true, tooltip: false },
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

/** A grid may hold rows alone: what scrolls is a group of rows, and the buttons of its pages are the cells of one. */
function arrange() {
  const roles = [['tableholder', 'rowgroup'], ['table', 'presentation'], ['footer', 'rowgroup'], ['footer-contents', 'row']];
  const cells = [['page-counter', 'gridcell'], ['paginator', 'gridcell']];
  for (const [name, role] of [...roles, ...cells]) {
    for (const node of find('grid').querySelectorAll(`.tabulator-${name}`)) node.setAttribute('role', role);
  }
}

table.on('tableBuilt', () => {
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
  all.checked = view.all;
  count.value = view.count;
  open();
});

if (location.search !== '') remember();
addEventListener('hashchange', () => { if (isView(location.hash)) location.reload(); });
years.addEventListener('change', () => {
  view.year = years.value === about.files[0]?.year ? '' : years.value;
  remember();
  open();
});
all.addEventListener('change', () => {
  view.all = all.checked;
  remember();
  for (const column of about.columns) if (!column.main) table[view.all ? 'showColumn' : 'hideColumn'](column.name);
});
count.addEventListener('change', () => {
  view.count = count.value;
  remember();
  tell();
});
find('save').addEventListener('click', () => {
  const rows = table.getRows('active').map((row) => row.getData());
  save(`${about.name}.csv`, toCsv([names, ...rows.map((row) => names.map((name) => textOf(row[name])))]));
});
