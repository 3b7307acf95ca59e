'use strict';
// Filters and keys. All that it does is hide and show what the page has already.
(() => {
  const root = document.documentElement;
  const find = (selector) => document.querySelector(selector);
  const all = (selector, within = document) => [...within.querySelectorAll(selector)];
  const form = find('.filters');
  const help = find('dialog');
  const data = JSON.parse(find('#data').textContent);
  const rows = all('.row').map((element) => ({
    element,
    severity: element.dataset.severity,
    about: element.dataset.about.split(' '),
    list: Number(element.dataset.list),
    text: null,
  }));
  let shown = rows;

  function textOf(row) {
    row.text ??= `${row.element.textContent} ${data.lists[row.list].map((at) => data.operations[at]).join(' ')}`.toLowerCase();
    return row.text;
  }

  function filter() {
    const values = new FormData(form);
    const about = values.get('about');
    const severities = values.getAll('severity');
    const words = values.get('text').toLowerCase().split(/\s+/).filter(Boolean);
    const operation = values.get('operation');
    const at = operation === '' ? -1 : Number(operation);
    const reached = new Set(data.lists.flatMap((list, number) => (list.includes(at) ? [number] : [])));
    const matches = (row) =>
      (about === 'all' || row.about.includes(about)) &&
      (severities.length === 0 || severities.includes(row.severity)) &&
      (at < 0 || reached.has(row.list)) &&
      words.every((word) => textOf(row).includes(word));
    shown = rows.filter((row) => {
      const fits = matches(row);
      row.element.hidden = !fits;
      return fits;
    });
    count();
  }

  function count() {
    for (const section of all('section, .fold:not(.list)')) {
      const edits = all('.row', section);
      if (edits.length === 0) continue;
      const left = edits.filter((edit) => !edit.hidden).length;
      section.hidden = left === 0;
      section.querySelector('.of').textContent = left === edits.length ? left : `${left} of ${edits.length}`;
    }
    find('.nothing').hidden = shown.length > 0 || rows.length === 0;
    find('.count').textContent =
      shown.length === rows.length ? `${rows.length} edits` : `${shown.length} of ${rows.length} edits`;
  }

  function clear() {
    form.reset();
    filter();
  }

  // The edit that has the focus, or the first one for whoever has not moved yet.
  function move(step) {
    const visible = shown.filter((row) => row.element.closest('.fold:not([open])') === null);
    if (visible.length === 0) return;
    const at = visible.findIndex((row) => row.element.contains(document.activeElement));
    const next = at < 0 ? 0 : Math.min(Math.max(at + step, 0), visible.length - 1);
    const element = visible[next].element;
    element.querySelector('summary').focus();
    element.scrollIntoView({ block: 'nearest' });
  }

  function toggle() {
    const row = document.activeElement?.closest('.row');
    if (row && document.activeElement === row.querySelector('summary')) row.open = !row.open;
    else return false;
    return true;
  }

  function theme() {
    const dark = matchMedia('(prefers-color-scheme: dark)').matches;
    const now = root.dataset.theme ?? (dark ? 'dark' : 'light');
    root.dataset.theme = now === 'dark' ? 'light' : 'dark';
    try {
      localStorage.setItem('schema-review-theme', root.dataset.theme);
    } catch {
      // Pages that were opened from a file may not keep anything.
    }
  }

  const keys = {
    j: () => move(1),
    k: () => move(-1),
    Enter: toggle,
    '/': () => form.elements.text.focus(),
    t: theme,
    '?': () => help.showModal(),
    Escape: clear,
  };

  function key(event) {
    if (event.ctrlKey || event.metaKey || event.altKey || help.open) return;
    const typing = event.target.matches('input[type="search"], select');
    if (typing && event.key !== 'Escape') return;
    if (typing) event.target.blur();
    const action = keys[event.key];
    if (action && action() !== false) event.preventDefault();
  }

  // A place that a link leads to is of no use while it is closed.
  function arrive() {
    const target = location.hash.length > 1 && document.getElementById(location.hash.slice(1));
    if (target?.tagName === 'DETAILS') target.open = true;
  }

  try {
    const kept = localStorage.getItem('schema-review-theme');
    if (kept) root.dataset.theme = kept;
  } catch {
    // As above.
  }
  data.operations.forEach((name, number) => form.elements.operation.add(new Option(name, number)));
  form.hidden = rows.length === 0;
  form.addEventListener('input', filter);
  form.addEventListener('submit', (event) => event.preventDefault());
  find('.theme').addEventListener('click', theme);
  find('.keys').addEventListener('click', () => help.showModal());
  document.addEventListener('keydown', key);
  window.addEventListener('hashchange', arrive);
  clear();
  arrive();
  root.classList.add('scripted');
})();
