'use strict';

/* What stands beside the picture: one of its items, or what becomes of a request. */

function code(text) {
  return element('code', {}, text);
}

function lines(texts) {
  return texts.map(text => element('div', {}, code(text)));
}

/** A list of terms; those without anything to say are left out. */
function terms(pairs) {
  const list = element('dl', {});
  for (const [name, ...values] of pairs) {
    const said = values.flat().filter(value => value !== null);
    if (said.length > 0) {
      list.append(element('dt', {}, name), element('dd', {}, ...said));
    }
  }
  return list;
}

function authWords(auth) {
  if (auth === null) {
    return 'none: everybody is let in';
  }
  const scopes = auth.scopes.length === 0 ? '' : `, with ${auth.scopes.join(' ')}`;
  const claims = Object.entries(auth.claims ?? {}).map(([name, any]) => `, ${name} ${any.join(' or ')}`);
  return auth.authorizer + scopes + claims.join('');
}

function targetWords({ name, url, cloud, region, jurisdiction, priority, share }) {
  const place = [cloud, region, jurisdiction].filter(part => part).join(', ');
  const turn = share === 1 ? '' : share > 0 ? `${Math.round(share * 1000) / 10} %` : `standby, priority ${priority}`;
  return element('div', {}, code(url), element('div', { className: 'note' }, [name, place, turn].filter(part => part).join(' · ')));
}

function mappedWords(mapped) {
  return mapped.map(({ name, text }) => text === null ? `${name} removed` : `${name} = ${text}`);
}

function rewriteText(route) {
  return route.rewrite === null ? [] : lines([route.rewrite.map(piece => piece.text ?? `{${piece.parameter}}`).join('')]);
}

function routeDetails(route) {
  return [
    element('h2', {}, 'Path'),
    element('h3', {}, `${route.method.join(' ')} ${route.path}`),
    terms([
      ['if', lines(conditionsOf(route))],
      ['auth', authWords(route.auth)],
      ['goes to', route.server === null ? `answered here with ${route.status}` : route.server],
      ['targets', route.targets.map(targetWords)],
      ['rewrite', rewriteText(route)],
      ['headers', lines(mappedWords(route.headers))],
      ['query', lines(mappedWords(route.query))],
      ['residency', route.residency === null ? [] : route.residency.join(', ')],
      ['CORS', route.cors ? 'on' : []],
      ['written', code('/paths/' + route.index)],
    ]),
  ];
}

function serverDetails(table, alias) {
  const server = table.servers.find(server => server.alias === alias);
  const targets = targetsOf(table, { server: alias, residency: null });
  const paths = table.routes.filter(route => route.server === alias);
  return [
    element('h2', {}, 'Server'),
    element('h3', {}, alias),
    terms([
      ['targets', targets.map(targetWords)],
      ['balance', targets.length < 2 ? [] : server.latency ? 'the quicker' : 'by weight'],
      ['copies', server.mirror === null ? [] : `${Math.round(server.mirror.share * 1000) / 10} % to ${server.mirror.server}`],
      ['paths', paths.length === 0 ? 'none' : lines(paths.map(route => `${methodsOf(route)} ${route.path}`))],
    ]),
  ];
}

function hereDetails(table) {
  const paths = table.routes.filter(route => route.server === null);
  return [
    element('h2', {}, HERE),
    terms([['paths', lines(paths.map(route => `${methodsOf(route)} ${route.path} → ${route.status}`))]]),
  ];
}

function targetDetails(table, key) {
  const server = table.servers.find(server => server.targets.some(target => targetKey(server.alias, target) === key));
  const target = targetsOf(table, { server: server.alias, residency: null })
    .find(target => targetKey(server.alias, target) === key);
  return [
    element('h2', {}, 'Target'),
    element('h3', {}, target.name),
    terms([
      ['URL', code(target.url)],
      ['cloud', target.cloud ?? 'not named'],
      ['region', target.region ?? 'not named'],
      ['jurisdiction', target.jurisdiction ?? 'not named'],
      ['of', server.alias],
      ['turn', turnOf(server, target)],
    ]),
  ];
}

function groupDetails(name, routes) {
  const open = routes.filter(route => route.auth === null).length;
  return [
    element('h2', {}, 'Paths'),
    element('h3', {}, name),
    terms([
      ['paths', String(routes.length)],
      ['open', open === 0 ? 'none' : String(open)],
      ['servers', [...new Set(routes.map(route => route.server ?? HERE))].join(', ')],
      ['clouds', [...new Set(routes.flatMap(route => [...route.clouds]))].join(', ')],
    ]),
  ];
}

const REASONS = {
  path: 'another path', method: 'another method', host: 'another host', header: 'a header is missing or differs',
  query: 'a query parameter is missing or differs', precedence: 'another goes before it',
};

function answerWords(said) {
  if (said.upstream !== null) {
    return element('span', { className: 'good' }, said.upstream.server);
  }
  return element('span', { className: said.status < 400 ? 'good' : 'bad' }, `the gateway answers ${said.status}`);
}

/** The others but those with another path, of which there may be a thousand. */
function othersWords(said) {
  const near = said.candidates.filter(other => other.reason !== 'path');
  const far = said.candidates.length - near.length;
  return [
    ...near.map(other => element('div', {}, code(other.path), element('div', { className: 'note' }, REASONS[other.reason]))),
    far === 0 ? null : element('div', { className: 'note' }, counted(far, 'other') + ' with another path'),
  ];
}

function explanationDetails(method, target, said) {
  const upstream = said.upstream;
  return [
    element('h2', {}, 'Explained'),
    element('h3', {}, `${method} ${target}`),
    terms([
      ['goes to', answerWords(said)],
      ['route', said.route === null ? 'none' : lines([`${said.route.method.join(' ')} ${said.route.path}`])],
      ['params', lines(Object.entries(said.params).map(([name, value]) => `${name} = ${value}`))],
      ['auth', said.route === null ? [] : authWords(said.auth.required ? said.auth : null)],
      ['targets', (upstream?.targets ?? []).map(targetWords)],
      ['sets', lines(Object.entries(upstream?.headers.set ?? {}).map(([name, value]) => `${name}: ${value}`))],
      ['removes', lines(upstream?.headers.removed ?? [])],
      ['not', othersWords(said)],
    ]),
  ];
}
