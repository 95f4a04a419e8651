// A citation with its release: GB/T 7714—2015 and CSL-JSON, from release.json as it stands now.

const parts = (day) => ({ 'date-parts': [day.split('-').map(Number)] });
const written = (date) => date['date-parts'][0].map((part) => String(part).padStart(2, '0')).join('-');

/** The CSL item with version, day of reading, as-of day and digest of the file list. */
export function withRelease(item, release, today) {
  return {
    ...item,
    accessed: parts(today),
    version: release.version,
    note: `核验日 ${release.as_of}；文件清单 sha256:${release.files}`,
  };
}

/** GB/T 7714—2015: 责任者．题名[DS/OL]．版本．出版者，日期[引用日期]．网址. */
export function gbt7714(item) {
  const author = item.author[0].literal;
  return `${author}．${item.title}[DS/OL]．数据版本 ${item.version}．${item['container-title']}，${written(item.issued)}`
    + `[${written(item.accessed)}]．${item.URL}．${item.note}．`;
}

/** The CSL item a page stands for, or the part of it that is cited, by its citation and its head. */
export function itemOf(place) {
  const { at } = place.dataset;
  const url = document.querySelector('link[rel=canonical]').href + (at ? `#${at}` : '');
  return {
    id: url,
    type: 'dataset',
    title: place.dataset.title,
    author: [{ literal: place.dataset.author }],
    'container-title': document.querySelector('meta[name=SiteName]').content,
    issued: parts(place.dataset.issued),
    URL: url,
    language: 'zh-CN',
  };
}

/** Put the whole citation into its place in the page. */
export async function cite(place) {
  const answer = await fetch(place.dataset.release);
  if (!answer.ok) throw new Error(`release.json: ${answer.status}`);
  const today = new Date(Date.now() + 8 * 3600 * 1000).toISOString().slice(0, 10);
  const item = withRelease(itemOf(place), await answer.json(), today);
  place.textContent = gbt7714(item);
  const csl = place.closest('.citing').querySelector('.csl');
  csl.querySelector('pre').textContent = JSON.stringify([item], null, 1);
  csl.hidden = false;
}
