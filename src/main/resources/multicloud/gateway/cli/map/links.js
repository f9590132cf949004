'use strict';

/* The links of the picture, and what belongs together in it. */

function serverKey(route) {
  return route.server === null ? 'here' : 'server ' + route.server;
}

function targetKey(alias, target) {
  return `target ${alias} ${target.name}`;
}

function isAmong(key, route) {
  return key === route.key || key === serverKey(route) || route.targets.some(target => key === targetKey(route.server, target));
}

/** The keys of all that a route, a group of them, a server or a target has to do with, and of the groups of those routes. */
function connected(table, key, groups) {
  const routes = groups.get(key) ?? table.routes.filter(route => isAmong(key, route));
  const keys = new Set([key]);
  groups.forEach((members, group) => members.some(route => routes.includes(route)) && keys.add(group));
  for (const route of routes) {
    keys.add(route.key).add(serverKey(route));
    route.targets.map(target => targetKey(route.server, target))
      .filter(target => !key.startsWith('target ') || target === key)
      .forEach(target => keys.add(target));
  }
  for (const server of table.servers.filter(server => 'server ' + server.alias === key)) {
    server.targets.forEach(target => keys.add(targetKey(server.alias, target)));
  }
  return keys;
}

/** The links of all that is shown: from each path, or from a folded group for all of its paths, over its server to its targets. */
function linksOf(table, shown, folded) {
  const links = new Map();
  const add = (from, to, cloud) => {
    const link = links.get(from + '\n' + to) ?? { from, to, cloud, count: 0 };
    link.count++;
    links.set(from + '\n' + to, link);
  };
  for (const route of table.routes.filter(route => shown.has(route.key))) {
    const server = table.servers.find(server => server.alias === route.server);
    add(folded.get(route.key) ?? route.key, serverKey(route), cloudOfServer(server));
    route.targets.map(target => [targetKey(route.server, target), cloudOf(target)])
      .filter(([target]) => shown.has(target))
      .forEach(([target, cloud]) => add(serverKey(route), target, cloud));
  }
  return [...links.values()];
}

/** Where an item's link ends, held within its list; null for what cannot be seen and is not to be shown all the same. */
function endOf(made, side, origin, always) {
  if (made === undefined || made.offsetParent === null) {
    return null;
  }
  const own = made.getBoundingClientRect();
  const list = made.closest('#paths, #servers, #targets').getBoundingClientRect();
  const middle = own.top + Math.min(own.height, 40) / 2;
  const y = Math.max(list.top, Math.min(list.bottom, middle));
  return y !== middle && !always ? null : { x: own[side] - origin.left, y: y - origin.top };
}

function drawLinks(table, items, links, on) {
  const picture = document.getElementById('picture').getBoundingClientRect();
  const drawn = [];
  for (const { from, to, cloud, count } of links) {
    const both = on !== null && on.has(from) && on.has(to);
    const start = endOf(items.get(from), 'right', picture, both);
    const end = endOf(items.get(to), 'left', picture, true);
    if (start !== null && end !== null) {
      const middle = (start.x + end.x) / 2;
      const path = document.createElementNS(SVG, 'path');
      path.setAttribute('d', `M${start.x} ${start.y}C${middle} ${start.y} ${middle} ${end.y} ${end.x} ${end.y}`);
      path.setAttribute('stroke-width', 1.5 + Math.min(6, Math.log2(count)));
      path.setAttribute('class', on === null ? '' : both ? 'on' : 'dim');
      drawn.push(paint(path, table, cloud));
    }
  }
  document.getElementById('links').replaceChildren(...drawn);
}
