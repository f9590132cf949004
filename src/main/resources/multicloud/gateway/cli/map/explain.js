'use strict';

/*
 * What `explain --json` says of a request, but for the fields of the gateway's own answers and of CORS, made from the same table.
 * MapInBrowserIT compares the two.
 */

const LIMITS = { path: 8 * 1024, query: 16 * 1024, headers: 100, headerBytes: 64 * 1024, passes: 2 };
const UNRESERVED = '-._~';

/** The status of a request that no route's end sees; null for one within the limits. */
function limited(request) {
  if (request.target.length > LIMITS.path || (request.query ?? '').length > LIMITS.query) {
    return 414;
  }
  const size = request.headers.reduce((sum, { name, value }) => sum + name.length + bytes(value).length, 0);
  if (request.headers.length > LIMITS.headers || size > LIMITS.headerBytes) {
    return 431;
  }
  if (/[^!-~]|#/.test(request.query ?? '')) {
    return 400;
  }
  const passes = values(request, 'cdn-loop').flatMap(value => value.split(','))
    .filter(entry => entry.split(';')[0].trim().toLowerCase() === 'multicloud-gateway');
  return passes.length >= LIMITS.passes ? 508 : null;
}

function params(route, path) {
  return Object.fromEntries(route.segments.flatMap((segment, i) => {
    if (segment.parameter !== undefined) {
      return [[segment.parameter, path.segments[i]]];
    }
    return segment.rest === undefined ? [] : [[segment.rest, rest(path, path.segments, i)]];
  }));
}

/** The path an upstream is asked for; null for a rewrite that makes one that could be read in two ways. */
function upstreamPath(route, path) {
  const wild = route.segments.findIndex(segment => segment.rest !== undefined);
  if (route.rewrite === null) {
    return wild < 0 ? path.raw : '/' + rest(path, path.raws, wild);
  }
  const made = route.rewrite.map(piece => {
    if (piece.text !== undefined) {
      return piece.text;
    }
    const index = route.segments.findIndex(segment => (segment.parameter ?? segment.rest) === piece.parameter);
    return index === wild ? rest(path, path.raws, index) : path.raws[index];
  }).join('');
  return readPath(made) === null ? null : made;
}

/** What is known of a mapped value: its text, and whether it will be that; null where it comes to nothing. */
function shown(mapped, route, request) {
  let text = '';
  let known = true;
  let exact = true;
  for (const part of mapped.parts ?? []) {
    const value = part.text ?? part.shown ?? referred(part, route, request);
    if (value === undefined) {
      known = false;
    } else if (value === null) {
      return null;
    } else {
      text += value;
    }
    exact &&= part.exact !== false;
  }
  return mapped.parts === null ? null : known ? { text, exact } : { text: mapped.text, exact: false };
}

/** What a reference reads: null where that is not there, undefined where only serving the request brings it to light. */
function referred({ kind, name }, route, request) {
  switch (kind) {
    case 'header':
      return joined(request, name);
    case 'query':
      return parameters(request.query).find(parameter => parameter.name === name)?.value ?? null;
    case 'path':
      return params(route, request.path)[name];
    case 'claim':
      return route.auth === null ? null : undefined;
    case 'method':
      return request.method;
    default:
      return undefined;
  }
}

function upstreamQuery(route, request) {
  if (route.query.length === 0) {
    return request.query;
  }
  const names = route.query.map(mapped => mapped.name);
  const kept = parameters(request.query).filter(parameter => !names.includes(parameter.name));
  let query = kept.map(parameter => parameter.raw).join('&');
  for (const mapped of route.query) {
    const value = shown(mapped, route, request);
    if (value !== null && value.text.isWellFormed()) {
      const kept = UNRESERVED + (value.exact ? '' : '$*{}');
      query += (query === '' ? '' : '&') + escaped(mapped.name, UNRESERVED) + '=' + escaped(value.text, kept);
    }
  }
  return query === '' ? null : query;
}

function headerChanges(route, request) {
  const set = new Map();
  for (const mapped of route.headers) {
    const value = shown(mapped, route, request);
    if (value !== null && value.text.isWellFormed() && !/[\0-\x08\x0a-\x1f\x7f]/.test(value.text)) {
      set.set(mapped.name, value.text);
    }
  }
  const removed = route.headers.map(mapped => mapped.name).filter(name => !set.has(name));
  return { set: Object.fromEntries(set), removed };
}

/** The targets that a route may reach, the preferred first, each with its share of the requests. */
function targetsOf(table, route) {
  const server = table.servers.find(server => server.alias === route.server);
  const allowed = (server?.targets ?? [])
    .filter(target => route.residency === null || route.residency.includes(target.jurisdiction))
    .sort((one, other) => one.priority - other.priority);
  const first = allowed.filter(target => target.priority === allowed[0].priority);
  const weight = target => server.latency ? 1 : target.weight;
  const all = first.reduce((sum, target) => sum + weight(target), 0);
  return allowed.map(target => ({ ...target, share: first.includes(target) ? weight(target) / all : 0 }));
}

function upstream(table, route, request) {
  const path = upstreamPath(route, request.path);
  if (path === null) {
    return null;
  }
  const query = upstreamQuery(route, request);
  const targets = targetsOf(table, route).map(({ name, url, priority, share }) =>
    ({ name, url: url + path + (query === null ? '' : '?' + query), priority, share }));
  return { server: route.server, method: request.method, targets, headers: headerChanges(route, request) };
}

/** Explains a request: its method, path and query, and headers as `{ name, value }`. */
function explain(table, method, target, headers) {
  const mark = target.indexOf('?');
  const path = mark < 0 ? target : target.slice(0, mark);
  const request = {
    method,
    target: path,
    path: readPath(path),
    query: mark < 0 ? null : target.slice(mark + 1),
    headers: headers.filter(({ name }) => !table.proxy.includes(name.toLowerCase().replaceAll('_', '-'))),
  };
  const decision = decide(table, request);
  const { route, served } = decision;
  const stopped = limited(request);
  const call = served && stopped === null && route.server !== null ? upstream(table, route, request) : null;
  const own = served ? route.status ?? 400 : decision.status;
  const auth = served ? route.auth : null;
  return {
    matched: route !== null,
    status: call === null ? stopped ?? own : null,
    route: route && { index: route.index, method: route.method, path: route.path },
    params: served ? params(route, request.path) : {},
    candidates: candidates(table, request, decision),
    auth: { required: auth !== null, authorizer: null, scopes: [], ...auth },
    upstream: call,
  };
}
