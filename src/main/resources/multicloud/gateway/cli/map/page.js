'use strict';

/* What a person does with the page. */

const table = readTable();
const byId = id => document.getElementById(id);
const view = { key: null, cloud: null, shown: new Set(), folded: new Map(), unfolded: new Set(), links: [], frame: 0 };

document.title = table.title + ' – gateway map';
byId('title').textContent = table.title;
byId('summary').textContent = [table.source === table.title ? null : table.source, counted(table.routes.length, 'path'),
  counted(table.servers.length, 'server'), counted(table.servers.flatMap(server => server.targets).length, 'target')]
  .filter(text => text !== null).join(' · ');
byId('method').append(...METHODS.map(method => element('option', {}, method)));
drawLists(table);

const items = new Map([...document.querySelectorAll('[data-key]')].map(made => [made.dataset.key, made]));
const groups = new Map([...document.querySelectorAll('[data-group]')].map(made => {
  const keys = new Set([...made.querySelectorAll('.route')].map(route => route.dataset.key));
  return ['group ' + made.dataset.group, table.routes.filter(route => keys.has(route.key))];
}));

function redraw() {
  cancelAnimationFrame(view.frame);
  view.frame = requestAnimationFrame(() => {
    const on = view.key === null ? null : connected(table, view.key, groups);
    items.forEach((made, key) => made.classList.toggle('dim', on !== null && !on.has(key)));
    drawLinks(table, items, view.links, on);
  });
}

/** Shows what the search and the cloud leave, unfolds the groups that a search finds something in, and draws the links anew. */
function refresh() {
  const words = byId('search').value.toLowerCase().split(/\s+/).filter(word => word !== '');
  const filtered = words.length > 0 || view.cloud !== null;
  const routes = table.routes.filter(route =>
    words.every(word => route.found.includes(word)) && (view.cloud === null || route.clouds.has(view.cloud)));
  view.shown = new Set(routes.flatMap(route => [route.key, serverKey(route), ...route.targets
    .filter(target => view.cloud === null || cloudOf(target) === view.cloud)
    .map(target => targetKey(route.server, target))]));
  items.forEach((made, key) => {
    const shown = groups.has(key) ? groups.get(key).some(route => view.shown.has(route.key)) : view.shown.has(key);
    made.parentElement.hidden = !shown && (filtered || key.startsWith('route'));
  });
  document.querySelectorAll('.cloud, .cloud ul').forEach(box => {
    box.hidden = [...box.querySelectorAll('.target')].every(target => target.parentElement.hidden);
  });
  view.folded = new Map();
  groups.forEach((members, key) => {
    const found = members.filter(route => view.shown.has(route.key)).length;
    items.get(key).querySelector('.amount').textContent = filtered ? `${found} of ${members.length}` : counted(members.length, 'path');
    fold(key, members, words.length > 0 || view.unfolded.has(key));
  });
  view.links = linksOf(table, view.shown, view.folded);
  byId('count').textContent = filtered ? `${routes.length} of ${table.routes.length}` : '';
  settle();
  redraw();
}

function fold(key, members, open) {
  items.get(key).setAttribute('aria-expanded', open);
  items.get(key).nextElementSibling.hidden = !open;
  if (!open) {
    members.forEach(route => view.folded.set(route.key, key));
  }
}

function toggle(key, open) {
  if (open) {
    view.unfolded.add(key);
  } else {
    view.unfolded.delete(key);
  }
  refresh();
}

function detailsOf(key) {
  const route = table.routes.find(route => route.key === key);
  if (route) {
    return routeDetails(route);
  }
  const name = key.slice(key.indexOf(' ') + 1);
  return key === 'here' ? hereDetails(table)
    : key.startsWith('server ') ? serverDetails(table, name)
    : key.startsWith('group ') ? groupDetails(name, groups.get(key))
    : targetDetails(table, key);
}

function welcome() {
  const key = name => element('kbd', {}, name);
  return [
    element('h2', {}, 'This map'),
    element('p', { className: 'note' }, 'Choose a path, a server or a target to see what it has to do with; or say what somebody asks for, above.'),
    element('p', { className: 'note' }, key('/'), ' search  ', key('e'), ' explain  ', key('↑'), ' ', key('↓'), ' move  ',
      key('←'), ' ', key('→'), ' fold  ', key('Esc'), ' back'),
  ];
}

/** Lights up an item and all that belongs to it; null for none. */
function choose(key, details) {
  items.get(view.key)?.setAttribute('aria-pressed', false);
  view.key = key;
  items.get(key)?.setAttribute('aria-pressed', true);
  byId('details').replaceChildren(...details);
  byId('details').scrollTop = 0;
  redraw();
}

/** Brings a chosen route, its server and its targets into sight. */
function reveal(route) {
  groups.forEach((members, key) => members.includes(route) && view.unfolded.add(key));
  refresh();
  [...route.targets.slice(0, 1).map(target => targetKey(route.server, target)), serverKey(route), route.key]
    .forEach(key => items.get(key)?.scrollIntoView({ block: 'nearest' }));
}

function clear() {
  byId('search').value = '';
  view.cloud = null;
  pressCloud();
  choose(null, welcome());
  refresh();
}

/** The headers as they were typed; null where a line is none. */
function typedHeaders() {
  const found = byId('fields').value.split('\n').filter(line => line.trim() !== '').map(line => {
    const colon = line.indexOf(':');
    return { name: line.slice(0, Math.max(0, colon)).trim(), value: line.slice(colon + 1).trim() };
  });
  const good = found.every(({ name, value }) => /^[\w!#$%&'*+.^`|~-]+$/.test(name) && !/[\0-\x08\x0a-\x1f\x7f]/.test(value));
  return good ? found : null;
}

function ask(event) {
  event.preventDefault();
  const headers = typedHeaders();
  if (headers === null) {
    choose(null, [element('p', { className: 'bad' }, 'A header is a line such as “host: api.example.com”.')]);
    return;
  }
  const [method, target] = [byId('method').value, byId('target').value.trim()];
  const said = explain(table, method, target, headers);
  said.upstream?.targets.forEach(target => Object.assign(target, placeOf(said.upstream.server, target.name)));
  const route = table.routes.find(route => route.index === said.route?.index);
  choose(route?.key ?? null, explanationDetails(method, target, said));
  if (route) {
    reveal(route);
  }
}

function placeOf(alias, name) {
  const { cloud, region, jurisdiction } = table.servers.find(server => server.alias === alias).targets.find(target => target.name === name);
  return { cloud, region, jurisdiction };
}

function pressCloud() {
  [...byId('clouds').children].forEach(button => button.setAttribute('aria-pressed', button.dataset.cloud === (view.cloud ?? '')));
}

function cloudButton(cloud, label) {
  const count = table.routes.filter(route => cloud === '' || route.clouds.has(cloud)).length;
  const button = element('button', { type: 'button', data: { cloud }, aria: { pressed: false } },
    cloud === '' ? null : element('span', { className: 'dot' }), label, element('span', { className: 'count' }, String(count)));
  button.addEventListener('click', () => {
    view.cloud = cloud === '' || view.cloud === cloud ? null : cloud;
    pressCloud();
    refresh();
  });
  return paint(button, table, cloud);
}

function seen(list) {
  return [...list.querySelectorAll('.item')].filter(made => made.offsetParent !== null);
}

/** Of each list one item is reached by the tab key, the others from it by the arrows. */
function settle(made) {
  for (const list of [byId('paths'), byId('servers'), byId('targets')]) {
    const inside = seen(list);
    const stop = inside.find(one => one === made) ?? inside.find(one => one.tabIndex === 0) ?? inside[0];
    list.querySelectorAll('.item').forEach(one => { one.tabIndex = one === stop ? 0 : -1; });
  }
}

function move(event) {
  const made = event.target.closest('.item');
  if (!made) {
    return;
  }
  const list = seen(event.currentTarget);
  const at = list.indexOf(made);
  const group = made.closest('.group')?.querySelector('.fold');
  const steps = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: list.length - 1 };
  if (event.key in steps) {
    list[Math.max(0, Math.min(list.length - 1, steps[event.key]))].focus();
  } else if (event.key === 'ArrowRight' && group === made) {
    toggle(made.dataset.key, true);
  } else if (event.key === 'ArrowLeft' && group) {
    toggle(group.dataset.key, false);
    group.focus();
  } else {
    return;
  }
  event.preventDefault();
}

function press(event) {
  const typing = event.target.closest('input, textarea, select') !== null;
  const place = { '/': 'search', e: 'target' }[event.key];
  if (event.key === 'Escape') {
    clear();
  } else if (place && !typing && !event.ctrlKey && !event.metaKey && !event.altKey) {
    event.preventDefault();
    byId(place).select();
  }
}

byId('clouds').append(cloudButton('', 'all'), ...table.clouds.map(cloud => cloudButton(cloud, cloud)));
byId('search').addEventListener('input', refresh);
byId('ask').addEventListener('submit', ask);
document.addEventListener('keydown', press);
document.addEventListener('scroll', redraw, true);
new ResizeObserver(redraw).observe(byId('picture'));
for (const list of [byId('paths'), byId('servers'), byId('targets')]) {
  list.addEventListener('keydown', move);
  list.addEventListener('focusin', event => settle(event.target));
  list.addEventListener('click', event => {
    const made = event.target.closest('.item');
    if (made) {
      choose(made.dataset.key, detailsOf(made.dataset.key));
      if (groups.has(made.dataset.key)) {
        toggle(made.dataset.key, made.getAttribute('aria-expanded') !== 'true');
      }
    }
  });
}
pressCloud();
choose(null, welcome());
refresh();
