'use strict';

/* The picture: paths, servers and targets as lists, and the links between them. */

const SVG = 'http://www.w3.org/2000/svg';
const HERE = 'answered here';
const NOWHERE = 'no cloud named';
const FOLDED_FROM = 40;
const COLOURS = 6;

/** An element with these properties and children; a string is text, never markup. */
function element(tag, properties, ...children) {
  const { data, aria, ...own } = properties;
  const made = Object.assign(document.createElement(tag), own);
  Object.assign(made.dataset, data);
  Object.entries(aria ?? {}).forEach(([name, value]) => made.setAttribute('aria-' + name, value));
  made.append(...children.filter(child => child !== null));
  return made;
}

function counted(count, what) {
  return `${count} ${what}${count === 1 ? '' : 's'}`;
}

/** The table with what the picture asks of it: whom each route reaches, and what a search finds it by. */
function readTable() {
  const table = JSON.parse(document.getElementById('table').textContent);
  for (const route of table.routes) {
    route.key = 'route ' + route.index;
    route.targets = targetsOf(table, route);
    route.clouds = new Set(route.server === null ? [HERE] : route.targets.map(cloudOf));
    const places = route.targets.flatMap(target => [target.name, target.url, target.cloud, target.region, target.jurisdiction]);
    route.found = [...route.method, route.path, ...conditionsOf(route), authOf(route), ...route.residency ?? [], ...route.auth?.scopes ?? [], route.server ?? HERE, ...places]
      .filter(text => text !== null).join(' ').toLowerCase();
  }
  table.clouds = cloudsOf(table);
  return table;
}

/** The routes as they are shown: by their paths, where the table has them in the order in which they are tried. */
function listed(table) {
  return table.routes.toSorted((one, other) => one.path < other.path ? -1 : one.path > other.path ? 1 : 0);
}

/** The servers as they are shown: those of one cloud together, as their targets are, so that few links cross. */
function listedServers(table) {
  const place = server => server.targets.length === 0 ? -1 : table.clouds.indexOf(cloudOf(server.targets[0]));
  return table.servers.toSorted((one, other) => place(one) - place(other));
}

function cloudOf(target) {
  return target.cloud ?? NOWHERE;
}

function cloudsOf(table) {
  const named = table.servers.flatMap(server => server.targets.map(cloudOf));
  const all = [...new Set(named)].sort((one, other) => (one === NOWHERE) - (other === NOWHERE) || one.localeCompare(other));
  return table.routes.some(route => route.server === null) ? [...all, HERE] : all;
}

function colour(table, cloud) {
  const coloured = table.clouds.filter(name => name !== NOWHERE && name !== HERE);
  const index = coloured.indexOf(cloud);
  return index < 0 ? 'var(--none)' : `var(--cloud${index % COLOURS})`;
}

function paint(made, table, cloud) {
  made.style.setProperty('--cloud', colour(table, cloud));
  return made;
}

/** The cloud of all of a server's targets, or null. */
function cloudOfServer(server) {
  const clouds = new Set((server?.targets ?? []).map(cloudOf));
  return clouds.size === 1 ? [...clouds][0] : null;
}

function conditionsOf({ match }) {
  return [
    ...match.host.length > 0 ? ['host ' + match.host.join(' or ')] : [],
    ...Object.entries(match.headers).map(([name, value]) => `${name}: ${value}`),
    ...Object.entries(match.query).map(([name, value]) => `?${name}=${value}`),
  ];
}

function authOf(route) {
  return route.auth === null ? 'open' : 'auth ' + route.auth.authorizer;
}

function methodsOf(route) {
  const [first, ...others] = route.method;
  return others.length === 0 ? first : others.length === 1 ? `${first} ${others[0]}` : `${first} +${others.length}`;
}

/** A path whose parameters can be told, which breaks behind its slashes. */
function pathText(path) {
  return path.split(/(\{[^}]*\}|\/)/).filter(piece => piece !== '').flatMap(piece =>
    piece.startsWith('{') ? [element('span', { className: 'parameter' }, piece)]
      : piece === '/' ? [piece, element('wbr', {})] : [piece]);
}

function authChip(route) {
  return route.auth === null
    ? element('span', { className: 'auth open', title: 'everybody is let in' }, 'open')
    : element('span', { className: 'auth', title: 'authorizer ' + route.auth.authorizer },
      element('span', { className: 'lock' }), route.auth.authorizer);
}

function item(key, className, ...children) {
  return element('button', { type: 'button', className: 'item ' + className, tabIndex: -1, data: { key }, aria: { pressed: false } }, ...children);
}

function routeItem(route) {
  const conditions = conditionsOf(route);
  return item(route.key, 'route',
    element('span', { className: 'methods', title: route.method.join(' ') }, methodsOf(route)),
    element('span', { className: 'path' }, element('code', {}, ...pathText(route.path)),
      conditions.length === 0 ? null : element('span', { className: 'if' }, 'if ' + conditions.join(', ')),
      element('span', { className: 'to' }, '→ ' + (route.server ?? HERE))),
    route.residency === null ? null : element('span', { className: 'pill', title: 'residency' }, route.residency.join(' ')),
    authChip(route));
}

/** The first segments of a path. */
function prefix(route, depth) {
  return '/' + route.path.split('/').slice(1, depth + 1).join('/');
}

/** Routes that begin alike, where there are too many to be seen at once; the depth is the least that tells some apart. */
function groupsOf(routes) {
  if (routes.length <= FOLDED_FROM) {
    return null;
  }
  const by = depth => Map.groupBy(routes, route => prefix(route, depth));
  let depth = 1;
  while (depth < 4 && by(depth).size < 6) {
    depth++;
  }
  return by(depth);
}

function groupItem(name, routes) {
  const open = routes.filter(route => route.auth === null).length;
  return element('li', { className: 'group', data: { group: name } },
    element('button', { type: 'button', className: 'item fold', tabIndex: -1, data: { key: 'group ' + name }, aria: { expanded: false } },
      element('span', { className: 'path' }, element('code', {}, ...pathText(name))),
      element('span', { className: 'amount' }, counted(routes.length, 'path')),
      open === 0 ? null : element('span', { className: 'auth open', title: 'everybody is let in to so many' }, `${open} open`)),
    element('ul', { className: 'inner', hidden: true }, ...routes.map(route => element('li', {}, routeItem(route)))));
}

function serverItem(table, server) {
  const { alias, targets } = server;
  const used = table.routes.filter(route => route.server === alias).length;
  const made = item('server ' + alias, 'server', element('strong', {}, alias),
    element('span', { className: 'note' }, `${used === 0 ? 'no path' : counted(used, 'path')} · ${counted(targets.length, 'target')}`));
  return element('li', {}, paint(made, table, cloudOfServer(server)));
}

function hereItem(table) {
  const used = table.routes.filter(route => route.server === null).length;
  return element('li', {}, item('here', 'server', element('strong', {}, HERE),
    element('span', { className: 'note' }, counted(used, 'path') + ' · no server')));
}

function turnOf(server, target) {
  const share = targetsOf({ servers: [server] }, { server: server.alias, residency: null }).find(each => each.name === target.name).share;
  return share > 0 ? Math.round(share * 1000) / 10 + ' %' : 'standby, priority ' + target.priority;
}

function targetItem(server, target) {
  return item(`target ${server.alias} ${target.name}`, 'target', element('strong', {}, target.name),
    element('span', { className: 'note' }, target.url.replace(/^https:\/\//, '')),
    server.targets.length === 1 ? null : element('span', { className: 'note' }, `${turnOf(server, target)} of ${server.alias}`));
}

function cloudBox(table, cloud) {
  const here = table.servers.flatMap(server =>
    server.targets.filter(target => cloudOf(target) === cloud).map(target => ({ server, target })));
  const places = Map.groupBy(here, ({ target }) => JSON.stringify([target.region, target.jurisdiction]));
  const box = element('div', { className: 'cloud' }, element('h3', {}, cloud));
  for (const [place, members] of places) {
    const [region, jurisdiction] = JSON.parse(place);
    box.append(element('ul', {},
      element('li', { className: 'region' }, region ?? 'no region named',
        jurisdiction === null ? null : element('span', { className: 'pill', title: 'jurisdiction' }, jurisdiction)),
      ...members.map(({ server, target }) => element('li', {}, targetItem(server, target)))));
  }
  return paint(box, table, cloud);
}

function drawLists(table) {
  const rows = routes => routes.map(route => element('li', {}, routeItem(route)));
  const groups = groupsOf(listed(table));
  document.getElementById('paths').append(...groups === null ? rows(listed(table))
    : [...groups].flatMap(([name, routes]) => routes.length === 1 ? rows(routes) : [groupItem(name, routes)]));
  document.getElementById('servers').append(...listedServers(table).map(server => serverItem(table, server)),
    ...table.clouds.includes(HERE) ? [hereItem(table)] : []);
  document.getElementById('targets').append(
    ...table.clouds.filter(cloud => cloud !== HERE).map(cloud => cloudBox(table, cloud)));
}
