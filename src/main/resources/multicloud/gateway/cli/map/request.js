'use strict';

/* Reads a request as the gateway does: its path, its query and its headers. */

const strictly = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
const leniently = new TextDecoder('utf-8', { ignoreBOM: true });

function bytes(text) {
  return new TextEncoder().encode(text);
}

/** The path as the gateway reads it; null for one that two servers could read differently. */
function readPath(raw) {
  if (!raw.startsWith('/') || /[^!-~]|[#?\\]|%(?![0-9a-f]{2})/i.test(raw)) {
    return null;
  }
  const trailing = raw.endsWith('/');
  const raws = raw === '/' ? [] : raw.slice(1, trailing ? -1 : undefined).split('/');
  const segments = raws.map(decodeSegment);
  return segments.includes(null) ? null : { raw, raws, segments, trailing, slash: /%2f/i.test(raw) };
}

/** The path as a server reads it that cuts off what is behind semicolons; null where nothing is left of a segment. */
function withoutParameters(path) {
  return readPath('/' + path.raws.map(raw => raw.split(';')[0]).join('/'));
}

function decodeSegment(raw) {
  if (raw === '' || isDots(raw) || /%([01].|7f|5c)/i.test(raw)) {
    return null;
  }
  let decoded;
  try {
    decoded = strictly.decode(unescaped(raw));
  } catch {
    return null;
  }
  const hidden = /%2e/i.test(raw) && decoded.includes('..');
  return hidden || raw.includes('%') && decoded.split('/').some(isDots) ? null : decoded;
}

/** `.` and `..`, also with the parameters that some servers cut off. */
function isDots(segment) {
  return /^\.{1,2}(;|$)/.test(segment);
}

function unescaped(text) {
  const found = [];
  for (let i = 0; i < text.length; i++) {
    const escape = text[i] === '%';
    found.push(escape ? parseInt(text.slice(i + 1, i + 3), 16) : text.charCodeAt(i));
    i += escape ? 2 : 0;
  }
  return Uint8Array.from(found);
}

/** Everything from a segment on, without a leading slash. */
function rest(path, list, index) {
  return list.slice(index).join('/') + (path.trailing && index < list.length ? '/' : '');
}

function parameters(query) {
  return query === null ? [] : query.split('&').map(raw => {
    const equals = raw.indexOf('=');
    return {
      raw,
      name: decodeForm(equals < 0 ? raw : raw.slice(0, equals)),
      value: equals < 0 ? '' : decodeForm(raw.slice(equals + 1)),
    };
  });
}

/** A broken escape leaves all of it as it is. */
function decodeForm(text) {
  return /%(?![0-9a-f]{2})/i.test(text)
    ? text
    : text.replaceAll('+', ' ').replace(/(%[0-9a-f]{2})+/gi, run => leniently.decode(unescaped(run)));
}

function escaped(text, kept) {
  let query = '';
  for (const byte of bytes(text)) {
    const char = String.fromCharCode(byte);
    const stays = /[a-z0-9]/i.test(char) || kept.includes(char);
    query += stays ? char : '%' + byte.toString(16).toUpperCase().padStart(2, '0');
  }
  return query;
}

function values(request, name) {
  return request.headers.filter(header => header.name.toLowerCase() === name.toLowerCase()).map(header => header.value);
}

function joined(request, name) {
  const all = values(request, name);
  return all.length === 0 ? null : all.join(',');
}

/** The host without its port, in lower case. */
function hostOf(request) {
  const authority = values(request, 'host')[0];
  if (authority === undefined) {
    return null;
  }
  const colon = authority.lastIndexOf(':');
  return (colon > authority.lastIndexOf(']') ? authority.slice(0, colon) : authority).toLowerCase();
}
