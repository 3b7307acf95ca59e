'use strict';
// What a reader does with the page; what the page is then goes into an element that the test reads.
(() => {
  const seen = {};
  const find = (selector) => document.querySelector(selector);
  const all = (selector) => [...document.querySelectorAll(selector)];
  const press = (key, target = document.activeElement ?? document.body) =>
    target.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }));
  const rows = () => all('.row').filter((row) => row.checkVisibility()).length;
  const severity = (name) => find(`[name="severity"][value="${name}"]`);
  const about = (name) => find(`[name="about"][value="${name}"]`);
  const focused = () => document.activeElement.closest('.row')?.id ?? document.activeElement.name ?? '';
  const type = (text) => {
    const field = find('[name="text"]');
    field.value = text;
    field.dispatchEvent(new Event('input', { bubbles: true }));
  };

  seen.all = rows();
  severity('risky').click();
  seen.risky = rows();
  seen.riskySections = all('section').filter((section) => !section.hidden).map((section) => section.querySelector('h2').innerText);
  severity('breaking').click();
  seen.riskyOrBreaking = rows();
  seen.count = find('.count').textContent;
  press('Escape');
  seen.cleared = rows();

  about('crate').click();
  seen.crate = rows();
  about('docs').click();
  seen.docs = rows();
  about('wire').click();
  seen.wire = rows();
  press('Escape');

  const operation = find('[name="operation"]');
  seen.operations = [...operation.options].map((option) => option.text);
  operation.value = '1';
  operation.dispatchEvent(new Event('input', { bubbles: true }));
  seen.ofOperation = rows();
  press('Escape');

  type('currency ADDED');
  seen.text = rows();
  type('there is no such word');
  seen.nothing = !find('.nothing').hidden;
  press('Escape');
  seen.afterText = rows();

  press('j', document.body);
  seen.first = focused();
  press('j');
  press('j');
  seen.third = focused();
  press('k');
  seen.second = focused();
  const row = document.activeElement.closest('.row');
  const before = row.open;
  press('Enter');
  seen.toggled = row.open !== before;
  press('/');
  seen.search = focused();
  press('j');
  seen.typed = focused();
  press('Escape');

  seen.ground = getComputedStyle(document.body).backgroundColor;
  press('t', document.body);
  seen.otherGround = getComputedStyle(document.body).backgroundColor;
  find('.theme').click();
  seen.sameGround = getComputedStyle(document.body).backgroundColor === seen.ground;

  press('?', document.body);
  seen.help = find('dialog').open;
  find('dialog button').click();

  seen.requests = performance.getEntriesByType('resource').length;
  const result = document.createElement('pre');
  result.id = 'seen';
  result.textContent = `BEGIN${btoa(JSON.stringify(seen))}END`;
  document.body.append(result);
})();
