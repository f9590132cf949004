'use strict';

/* Decides which route takes a request, and why the others do not, as the gateway's router does. */

const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'];

/** The kind of the first condition that does not hold, or null; a preflight does not have the headers of what it asks for. */
function failing(route, request, preflight) {
  const match = route.match;
  if (match.host.length > 0 && !match.host.includes(hostOf(request))) {
    return 'host';
  }
  if (!preflight && !Object.entries(match.headers).every(([name, value]) => joined(request, name) === value)) {
    return 'header';
  }
  const held = Object.entries(match.query).every(([name, value]) => {
    const found = parameters(request.query).filter(parameter => parameter.name === name);
    return found.length > 0 && found.every(parameter => parameter.value === value);
  });
  return held ? null : 'query';
}

/** The own method goes before GET standing in for HEAD, and that before ANY; 3 is none of them. */
function rank(route, method) {
  if (route.method.includes(method)) {
    return 0;
  }
  return method === 'HEAD' && route.method.includes('GET') ? 1 : route.method.includes('ANY') ? 2 : 3;
}

function takes(route, method) {
  return METHODS.includes(method) && rank(route, method) < 3;
}

function conditions({ match }) {
  return (match.host.length > 0 ? 1 : 0) + Object.keys(match.headers).length + Object.keys(match.query).length;
}

function taking(ending, method) {
  return ending.filter(route => takes(route, method)).sort((one, other) =>
    conditions(other) - conditions(one) || rank(one, method) - rank(other, method) || one.index - other.index);
}

function shape(route) {
  return route.segments.map(segment => Object.keys(segment)[0]).join('/');
}

function fitsPath(route, path) {
  const wild = route.segments.at(-1)?.rest !== undefined;
  const fixed = route.segments.length - (wild ? 1 : 0);
  return (wild ? path.segments.length >= fixed : path.segments.length === fixed)
    && route.segments.slice(0, fixed).every((segment, i) =>
      segment.literal === undefined || segment.literal === path.segments[i]);
}

/** The routes whose paths match, those of one path together in document order, the most specific first. */
function endingsAt(table, path) {
  const endings = new Map();
  for (const route of table.routes.filter(route => fitsPath(route, path))) {
    endings.set(shape(route), [...endings.get(shape(route)) ?? [], route]);
  }
  return [...endings.values()].map(ending => ending.sort((one, other) => one.index - other.index));
}

/** What becomes of a request, decided before anything answers it. */
function decide(table, request) {
  const path = request.path;
  if (path === null) {
    return { status: 400, route: null };
  }
  if (!METHODS.includes(request.method)) {
    return { status: 501, route: null };
  }
  const endings = endingsAt(table, path);
  const special = request.method === 'OPTIONS' ? decideOptions(table, request, endings) : null;
  return special ?? decideServed(table, request, endings);
}

/** The route that takes the request at one of these; undefined where none does. */
function takenAt(endings, request) {
  return endings.map(ending => taking(ending, request.method).find(route => failing(route, request, false) === null))
    .find(route => route !== undefined);
}

/** Whether an upstream that cuts off what is behind semicolons would read a path that another route takes, or none. */
function leadsElsewhere(table, request, route) {
  if (!request.path.raw.includes(';')) {
    return false;
  }
  const cut = withoutParameters(request.path);
  return cut === null || takenAt(endingsAt(table, cut), request) !== route;
}

function decideServed(table, request, endings) {
  const refused = status => ({ status: request.path.slash ? 400 : status, route: null });
  const route = takenAt(endings, request);
  if (route) {
    const ambiguous = request.path.slash && !route.slashes || leadsElsewhere(table, request, route);
    return ambiguous ? refused(400) : { served: true, route };
  }
  const all = endings.flat();
  const wrongMethod = all.some(route => failing(route, request, false) === null)
    && !all.some(route => takes(route, request.method));
  return refused(wrongMethod ? 405 : 404);
}

/** What CORS makes of OPTIONS; null where it makes nothing of it. */
function decideOptions(table, request, endings) {
  const fits = route => failing(route, request, true) === null && (!request.path.slash || route.slashes);
  const here = endings.flat().filter(fits);
  const named = here.some(route => rank(route, 'OPTIONS') === 0 && failing(route, request, false) === null);
  const withCors = here.filter(route => route.cors);
  if (named || withCors.length === 0 && !(here.length === 0 && table.cors)) {
    return null;
  }
  const asked = askedMethod(request);
  if (asked === null) {
    return withCors.length === 0 ? null : { status: 204, route: withCors[0] };
  }
  const takers = endings.flatMap(ending => taking(ending, asked));
  const taker = takers.find(fits);
  if (taker) {
    return taker.cors ? { status: 204, route: taker, preflight: true } : null;
  }
  return { status: withCors.length === 0 || takers.length > 0 ? 404 : 405, route: null, preflight: true };
}

function askedMethod(request) {
  return values(request, 'origin').length === 0 ? null : joined(request, 'access-control-request-method');
}

/** Why a route is not the one. */
function reason(route, request, decision, near) {
  if (!near.has(route.index) || request.path.slash && !route.slashes) {
    return 'path';
  }
  const method = decision.preflight ? askedMethod(request) ?? request.method : request.method;
  return takes(route, method) ? failing(route, request, decision.preflight === true) ?? 'precedence' : 'method';
}

function candidates(table, request, decision) {
  const near = new Set(request.path === null ? [] : endingsAt(table, request.path).flat().map(route => route.index));
  return table.routes
    .filter(route => route !== decision.route)
    .sort((one, other) => one.index - other.index)
    .map(route => ({ index: route.index, path: route.path, reason: reason(route, request, decision, near) }));
}
