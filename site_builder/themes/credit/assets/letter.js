// A letter filled in from a record's own page, printed or saved as a Word document; nothing of it leaves the browser.

import { save } from './search/csv.js';
import { HEAD, escaped, zip } from './zip.js';

const words = (node) => node.textContent.replace(/\s+/g, ' ').trim();

/** What a description says: what stands in it beside its paragraphs, and each of them, a sentence each. */
const said = (node) => {
  const parts = [''];
  for (const child of node.childNodes) {
    if (child.localName === 'p') parts.push(child.textContent, '');
    else parts[parts.length - 1] += child.textContent;
  }
  const told = parts.map((part) => part.replace(/\s+/g, ' ').trim()).filter(Boolean);
  return told.length < 2 ? told.join('') : told.map((part) => (/[。！？；：]$/.test(part) ? part : `${part}。`)).join('');
};

/** What a record's page tells: its name, code, address, and every term with its description. */
export function told(page, address) {
  const found = new Map([['h1', words(page.querySelector('h1'))], ['address', address]]);
  const column = page.querySelector('meta[name=ColumnName]');
  if (column) found.set('column', column.content);
  const code = page.querySelector('.tags .code');
  if (code) found.set('.code', words(code));
  for (const term of page.querySelectorAll('main dt')) {
    const description = term.nextElementSibling;
    if (description?.localName === 'dd' && !found.has(words(term))) found.set(words(term), said(description));
  }
  if (found.has('记录编号')) found.set('address', `${found.get('记录编号')}　${address}`);
  return found;
}

/** The first of the names a record tells something of. */
export const first = (record, names) => names.split('|').map((name) => record.get(name)).find(Boolean) || '';

/** Put what the record tells where the letter asks for it. */
export function fill(section, record) {
  for (const place of section.querySelectorAll('[data-from]')) {
    const value = first(record, place.dataset.from);
    if (!value) continue;
    if (place.localName === 'input') place.defaultValue = value;
    else place.textContent = value;
  }
  const list = section.querySelector('[data-told]');
  const names = list.dataset.told.split('|').filter((one) => record.has(one));
  const days = names.includes('公示期限') ? names.filter((one) => one !== '公示至') : names; // the term tells the day
  for (const name of days) {
    const row = document.createElement('div');
    const term = document.createElement('dt');
    const description = document.createElement('dd');
    term.textContent = name;
    description.textContent = record.get(name);
    row.append(term, description);
    list.querySelector('dl').append(row);
    list.hidden = false;
  }
}

/** The letter as paragraphs, its title first; what is empty is left as a line to write on. */
export function paragraphs(section) {
  const form = section.querySelector('form');
  const blank = '＿＿＿＿＿＿';
  const ticked = (name) => [...form.querySelectorAll(`[data-name=${name}]`)]
    .map((box) => ({ text: words(box.nextElementSibling), on: box.checked }));
  const field = (name) => form.querySelector(`[data-name=${name}]`);
  const value = (name) => field(name)?.value.trim() || '';
  const label = (name) => field(name).parentElement.firstChild.textContent.trim();
  const found = [words(section.querySelector('h2'))];
  const to = ticked('to');
  if (to.length) {
    const chosen = to.filter((one) => one.on);
    found.push(`${(chosen.length ? chosen : [{ text: blank }]).map((one) => one.text).join('、')}：`);
  }
  for (const name of ['subject', 'code', 'list', 'document', 'day', 'record']) {
    if (value(name) || name === 'subject') found.push(`${label(name)}：${value(name) || blank}`);
  }
  const list = (name) => ticked(name).map((one) => `${one.on ? '☑' : '☐'} ${one.text}`);
  const grounds = ticked('ground').some((one) => one.on) ? list('ground').filter((one) => one.startsWith('☑')) : list('ground');
  if (grounds.length) found.push('理由：', ...grounds);
  if (field('facts')) {
    found.push('事实和要求：', ...(value('facts') || Array(3).fill(blank.repeat(5)).join('\n')).split('\n'));
  }
  for (const row of section.querySelectorAll('[data-told] dl > div')) {
    found.push(`决定和记录写明的${words(row.firstChild)}：${words(row.lastChild)}`);
  }
  const papers = list('paper');
  if (papers.length) found.push(to.length ? '随附材料：' : '要准备的材料：', ...papers);
  found.push(words(section.querySelector('.letter-end')));
  if (to.length) {
    for (const name of ['person', 'phone', 'address']) found.push(`${label(name)}：${value(name) || blank}`);
    found.push(`签名或者盖章：${blank}　　　日期：${blank}`);
  }
  return found;
}

const OFFICE = 'http://schemas.openxmlformats.org';

/** The paragraphs as a Word document (ECMA-376), the first as its title. */
export function docx(lines) {
  const run = (text, size) => `<w:r><w:rPr><w:rFonts w:eastAsia="宋体"/><w:sz w:val="${size}"/></w:rPr>`
    + `<w:t xml:space="preserve">${escaped(text)}</w:t></w:r>`;
  const [title, ...rest] = lines;
  const body = `<w:p><w:pPr><w:jc w:val="center"/></w:pPr>${run(title, 36)}</w:p>`
    + rest.map((line) => `<w:p>${run(line, 24)}</w:p>`).join('');
  return zip([
    ['[Content_Types].xml', `${HEAD}<Types xmlns="${OFFICE}/package/2006/content-types">`
      + '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
      + '<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'],
    ['_rels/.rels', `${HEAD}<Relationships xmlns="${OFFICE}/package/2006/relationships">`
      + `<Relationship Id="r1" Type="${OFFICE}/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>`],
    ['word/document.xml', `${HEAD}<w:document xmlns:w="${OFFICE}/wordprocessingml/2006/main"><w:body>${body}`
      + '<w:sectPr><w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1440" w:right="1440" w:bottom="1440" w:left="1440" w:header="720" w:footer="720" w:gutter="0"/></w:sectPr></w:body></w:document>'],
  ], 'application/vnd.openxmlformats-officedocument.wordprocessingml.document');
}

/** The record's page the address names behind `#letter=`, as far as it is one of this site. */
async function recordOf(root) {
  const [, path] = /^#letter=([a-z-]+\/[\w.-]+\.html)$/.exec(decodeURIComponent(location.hash)) || [];
  if (!path) return null;
  const address = new URL(path, new URL(root, location.href));
  const answer = await fetch(address);
  if (!answer.ok) return null;
  const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
  return told(page, page.querySelector('link[rel=canonical]')?.href || address.href);
}

async function start(section) {
  const form = section.querySelector('form');
  if (location.hash.startsWith('#letter')) section.querySelector('h2').scrollIntoView();
  try {
    const record = await recordOf(form.dataset.letter);
    if (record) {
      fill(section, record);
      section.querySelector('[data-filled]').hidden = false;
    }
  } catch { /* not fetched: the letter stays to be filled in by hand */ }
  const sheet = section.querySelector('.letter-sheet');
  section.querySelector('[data-letter-print]').addEventListener('click', () => {
    const [title, ...rest] = paragraphs(section);
    const line = (name, text) => {
      const node = document.createElement(name);
      node.textContent = text;
      return node;
    };
    sheet.replaceChildren(line('h2', title), ...rest.map((text) => line('p', text)));
    document.documentElement.dataset.printing = '';
    print();
    delete document.documentElement.dataset.printing;
  });
  section.querySelector('[data-letter-save]').addEventListener('click', () => {
    const lines = paragraphs(section);
    save(`${lines[0]}.docx`, docx(lines));
  });
  form.addEventListener('submit', (event) => event.preventDefault());
}

for (const section of document.querySelectorAll('.letter')) start(section);
