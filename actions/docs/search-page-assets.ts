// The script measures how high the search box is: what gets the focus must not come to lie under it.
export const style = `
:root { --back: #fff; --text: #1c1d21; --soft: #5a5d66; --line: #d5d7dd; --code: #f3f4f6; --mark: #0b57d0; }
@media (prefers-color-scheme: dark) {
  :root { --back: #16171a; --text: #e8e9ec; --soft: #a5a8b1; --line: #3a3c43; --code: #232529; --mark: #8ab4f8; }
}
html { scroll-padding-top: calc(var(--search, 0rem) + .5rem); scroll-padding-bottom: .5rem; }
body { margin: 0 auto; max-width: 60rem; padding: 0 1rem 4rem; background: var(--back); color: var(--text); font: 1rem/1.5 system-ui, sans-serif; }
search { display: block; position: sticky; top: 0; z-index: 1; padding: .5rem 0; background: var(--back); border-bottom: 1px solid var(--line); }
[hidden] { display: none; }
h1, h2, h3, #count, #keys { margin: .5rem 0; }
h3 { font-size: 1rem; }
label { display: block; color: var(--soft); }
input { box-sizing: border-box; width: 100%; padding: .5rem; border: 1px solid var(--soft); border-radius: .25rem; background: var(--back); color: inherit; font: inherit; }
#count, #keys { color: var(--soft); }
#count { margin-bottom: 0; }
a { color: var(--mark); }
nav ul { display: flex; flex-wrap: wrap; gap: .25rem 1rem; margin: .5rem 0; padding: 0; list-style: none; }
:focus-visible { outline: 2px solid var(--mark); outline-offset: 2px; }
details { border-bottom: 1px solid var(--line); }
summary { padding: .4rem 0; cursor: pointer; }
summary:focus-visible { outline-offset: -2px; }
summary code { color: var(--mark); background: none; padding: 0; }
code, kbd, pre { background: var(--code); font-family: ui-monospace, monospace; font-size: .9em; }
code, kbd { padding: 0 .2em; overflow-wrap: break-word; }
pre { padding: .5rem; white-space: pre-wrap; overflow-wrap: anywhere; }
table { border-collapse: collapse; width: 100%; margin: .5rem 0; }
caption { text-align: left; font-weight: bold; }
th, td { padding: .2rem .8rem .2rem 0; border-top: 1px solid var(--line); text-align: left; vertical-align: top; }
td:first-child code { white-space: nowrap; }
td:not(:first-child) code { overflow-wrap: anywhere; }
@media (max-width: 48rem) {
  table, caption, tbody, tr, td { display: block; }
  thead { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
  tr { padding: .3rem 0; border-top: 1px solid var(--line); }
  td { padding: 0 0 0 1rem; border: 0; overflow-wrap: break-word; }
  td:first-child { padding: 0; }
  td:first-child code { white-space: normal; }
  td:empty { display: none; }
  td[data-head]::before { content: attr(data-head) ': '; color: var(--soft); }
}
`;

/**
 * Plain JavaScript of the page itself. Without it, the page is the whole list. What is found, and in which order, is what
 * search.ts says; a test compares the two.
 */
export const script = `
const box = document.getElementById('search');
const count = document.getElementById('count');
const results = document.getElementById('results');
const bar = document.querySelector('search');
const sections = [...document.querySelectorAll('section[data-category]')].map((section) => ({ section, actions: [...section.querySelectorAll('details')] }));
const all = sections.flatMap(({ actions }) => actions);
const places = new Map(all.map((action) => [action, action.dataset.places.split('\\n')]));
let shown = all;

const isPart = (character = '') => /[a-z0-9]/.test(character);
const misfitOf = (place, word, isTelling) => {
  let least = Infinity;
  for (let at = place.indexOf(word); at >= 0; at = place.indexOf(word, at + 1)) {
    if (!isPart(place[at - 1])) least = Math.min(least, isPart(place[at + word.length]) ? 1 : 0);
    else if (isTelling) least = Math.min(least, 4);
  }
  return least;
};
const distanceOf = (action, words) =>
  words.reduce((sum, word) => sum + Math.min(...places.get(action).map((place, rank) => 2 * rank + misfitOf(place, word, rank < 3))), 0);
const compareIds = (a, b) => a.id.length - b.id.length || (a.id < b.id ? -1 : 1);

const find = () => {
  const words = box.value.toLowerCase().split(/\\s+/).filter(Boolean);
  const isSearch = words.length > 0;
  for (const { section, actions } of sections) {
    section.hidden = isSearch;
    section.append(...actions);
  }
  document.querySelector('nav').hidden = isSearch;
  results.hidden = !isSearch;
  shown = all;
  if (isSearch) {
    shown = all
      .map((action) => ({ action, distance: distanceOf(action, words) }))
      .filter(({ distance }) => distance < Infinity)
      .sort((a, b) => a.distance - b.distance || compareIds(a.action, b.action))
      .map(({ action }) => action);
    results.append(...shown);
  }
  const unknown = words.find((word) => all.every((action) => distanceOf(action, [word]) === Infinity));
  count.textContent =
    shown.length > 0
      ? shown.length === 1 ? '1 action' : shown.length + ' actions'
      : unknown
        ? 'No action speaks of "' + unknown + '". Try another word.'
        : 'No action speaks of all these words at once. Try fewer.';
};

const keep = (hash) => {
  const query = box.value.trim();
  try {
    history.replaceState(null, '', location.pathname + (query === '' ? '' : '?q=' + encodeURIComponent(query)) + hash);
  } catch {
    // A browser may refuse it for files, or when somebody types very fast. The search works all the same.
  }
};
const search = (query) => {
  box.value = query;
  find();
  keep('');
};

const named = () => {
  let id = location.hash.slice(1);
  try {
    id = decodeURIComponent(id);
  } catch {
    // No id has a stray percent sign.
  }
  return document.getElementById(id);
};
const show = () => {
  const target = named();
  if (target === null || (target.tagName !== 'DETAILS' && target.tagName !== 'SECTION')) return;
  if (box.value !== '') {
    box.value = '';
    find();
    keep(location.hash);
  }
  if (target.tagName === 'DETAILS') target.open = true;
  target.scrollIntoView();
};

const measure = () => document.documentElement.style.setProperty('--search', bar.offsetHeight + 'px');
const focus = (action) => action.querySelector('summary').focus();

addEventListener('keydown', (event) => {
  if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return;
  const { key, target } = event;
  const isBox = target === box;
  const at = target.tagName === 'SUMMARY' ? shown.indexOf(target.parentElement) : -1;
  if (key === '/' && !isBox) {
    box.focus();
    box.select();
  } else if (key === 'Escape' && (isBox || at >= 0 || target === document.body)) {
    search('');
    box.focus();
  } else if (key === 'ArrowDown' && (isBox || at >= 0)) {
    if (at + 1 < shown.length) focus(shown[at + 1]);
  } else if (key === 'ArrowUp' && at >= 0) {
    if (at === 0) box.focus();
    else focus(shown[at - 1]);
  } else if (key === 'Enter' && isBox) {
    if (box.value.trim() !== '' && shown.length > 0) {
      shown[0].open = true;
      focus(shown[0]);
    }
  } else return;
  event.preventDefault();
});

bar.hidden = false;
document.getElementById('keys').hidden = false;
new ResizeObserver(measure).observe(bar);
measure();
box.addEventListener('input', () => {
  find();
  keep('');
});
addEventListener('hashchange', show);
box.value = new URLSearchParams(location.search).get('q') ?? '';
find();
show();
`;
