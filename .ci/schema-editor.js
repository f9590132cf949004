// schema-editor.js SERVER SCHEMA SAMPLE… - what an editor makes of the schema by itself, asked of the language server that editors
// run: samples are without fault, every key shows its description, completion offers the keys and values, mistakes are marked.
const assert = require('assert');
const fs = require('fs');
const { spawn } = require('child_process');
const { parseTree } = require('jsonc-parser');
const { pathToFileURL } = require('url');

const [server, schemaFile, ...samples] = process.argv.slice(2);
const schema = JSON.parse(fs.readFileSync(schemaFile, 'utf8'));

/** The Language Server Protocol over a process's standard streams. */
class LanguageServer {
  constructor(command) {
    this.process = spawn(process.execPath, [command, '--stdio'], { stdio: ['pipe', 'pipe', 'inherit'] });
    this.process.stdout.on('data', (data) => this.receive(data));
    this.received = Buffer.alloc(0);
    this.answers = new Map();
    this.diagnosed = new Map();
    this.ids = 0;
  }

  receive(data) {
    this.received = Buffer.concat([this.received, data]);
    for (;;) {
      const end = this.received.indexOf('\r\n\r\n');
      const length = end < 0 ? 0 : Number(/Content-Length: (\d+)/.exec(this.received.subarray(0, end).toString())[1]);
      if (end < 0 || this.received.length < end + 4 + length) {
        return;
      }
      this.handle(JSON.parse(this.received.subarray(end + 4, end + 4 + length).toString()));
      this.received = this.received.subarray(end + 4 + length);
    }
  }

  handle(message) {
    if (message.method === 'textDocument/publishDiagnostics') {
      this.diagnosed.get(message.params.uri)?.(message.params.diagnostics);
    } else if (message.method !== undefined && message.id !== undefined) {
      this.send({ id: message.id, result: null });
    } else if (message.id !== undefined) {
      this.answers.get(message.id)(message);
    }
  }

  send(message) {
    const text = JSON.stringify({ jsonrpc: '2.0', ...message });
    this.process.stdin.write(`Content-Length: ${Buffer.byteLength(text)}\r\n\r\n${text}`);
  }

  async ask(method, params) {
    const id = ++this.ids;
    const answer = await new Promise((resolve) => {
      this.answers.set(id, resolve);
      this.send({ id, method, params });
    });
    assert.strictEqual(answer.error, undefined, `${method}: ${JSON.stringify(answer.error)}`);
    return answer.result;
  }

  async start() {
    const textDocument = {
      hover: { contentFormat: ['plaintext'] },
      completion: { completionItem: { snippetSupport: true } },
      publishDiagnostics: {},
    };
    await this.ask('initialize', {
      processId: process.pid,
      rootUri: null,
      capabilities: { textDocument },
      initializationOptions: { handledSchemaProtocols: ['file'] },
    });
    this.send({ method: 'initialized', params: {} });
  }

  /** Opens a document as if it lay in that file, and waits for what is wrong with it. */
  open(file, text) {
    const uri = pathToFileURL(file).href;
    return new Promise((resolve) => {
      this.diagnosed.set(uri, (diagnostics) => resolve({ uri, text, diagnostics }));
      this.send({ method: 'textDocument/didOpen', params: { textDocument: { uri, languageId: 'json', version: 1, text } } });
    });
  }

  at(document, offset) {
    const before = document.text.slice(0, offset).split('\n');
    const position = { line: before.length - 1, character: before.at(-1).length };
    return { textDocument: { uri: document.uri }, position };
  }
}

/** The keys below a value that the schema knows, each with its place in the text and its description. */
function* keys(value, part) {
  if (value.type === 'array') {
    for (const item of value.children) {
      yield* keys(item, part.items ?? {});
    }
  }
  for (const variant of [part, ...(part.anyOf ?? []), ...(part.oneOf ?? [])].map(resolved).filter((one) => isOfType(value, one))) {
    for (const [key, below] of value.type === 'object' ? value.children.map((member) => member.children) : []) {
      const known = variant.properties?.[key.value];
      if (known?.description !== undefined) {
        yield { key, description: known.description };
        yield* keys(below, resolved(known));
      }
    }
  }
}

/** Whether the value's own "type" is one of the variant's, where that has any. */
function isOfType(value, variant) {
  const type = variant.properties?.type;
  const types = type?.enum ?? type?.anyOf?.[0].enum ?? (type?.const === undefined ? undefined : [type.const]);
  const own = value.type === 'object' && value.children.find((member) => member.children[0].value === 'type');
  return types === undefined || !own || types.includes(own.children[1].value);
}

/** A part of the schema with what its references lead to. */
function resolved(part) {
  return part.$ref === undefined ? part : { ...resolved(schema.$defs[part.$ref.replace('#/$defs/', '')]), ...part };
}

async function everySampleIsWithoutFault(editor) {
  let hovers = 0;
  for (const sample of samples) {
    const document = await editor.open(sample, fs.readFileSync(sample, 'utf8'));
    assert.deepStrictEqual(document.diagnostics, [], sample);
    for (const { key, description } of keys(parseTree(document.text), schema)) {
      const hover = await editor.ask('textDocument/hover', editor.at(document, key.offset + 1));
      const shown = hover.contents.join('').replace(/\\([^a-zA-Z0-9\s])/g, '$1');
      assert.strictEqual(shown, description, `${sample}: hovering over "${key.value}"`);
      hovers++;
    }
  }
  return `${samples.length} samples, ${hovers} hovers`;
}

/** Completion where the text has a bar offers all these. */
async function offers(editor, name, text, labels) {
  const whole = `{ "$schema": "../src/main/resources/gateway-config.schema.json", ${text} }`;
  const offset = whole.indexOf('|');
  const document = await editor.open(`samplesconfig/completing-${name}.json`, whole.replace('|', ''));
  const list = await editor.ask('textDocument/completion', editor.at(document, offset));
  const offered = list.items.map((item) => item.label);
  for (const label of labels) {
    assert.ok(offered.includes(label), `${text} offers ${offered}, not ${label}`);
  }
}

async function completionOffersKeysAndValues(editor) {
  const all = (part, ...present) => Object.keys(part.properties).filter((key) => !present.includes(key));
  const { server, path, target, timeouts, httpIntegration, jwtAuthorizer } = schema.$defs;
  await offers(editor, 'root', '|', all(schema, '$schema'));
  await offers(editor, 'server', '"servers": [{ "alias": "a", | }]', all(server, 'alias'));
  await offers(editor, 'target', '"servers": [{ "alias": "a", "targets": [{ | }] }]', all(target));
  await offers(editor, 'path', '"paths": [{ "method": "GET", | }]', all(path, 'method'));
  await offers(editor, 'integration', '"paths": [{ "integration": { | } }]', all(httpIntegration));
  await offers(editor, 'authorizer', '"authorizer": { | }', all(jwtAuthorizer, 'alias'));
  await offers(editor, 'timeouts', '"timeouts": { | }', all(timeouts));
  await offers(editor, 'method', '"paths": [{ "method": | }]', ['"GET"', '"ANY"']);
  await offers(editor, 'slashes', '"paths": [{ "encoded_slashes": | }]', ['"reject"', '"keep"']);
  await offers(editor, 'total', '"timeouts": { "total": | }', [`"${timeouts.properties.total.default}"`]);
}

async function mistakesAreMarked(editor) {
  const lines = [
    '{ "$schema": "../src/main/resources/gateway-config.schema.json",',
    '  "limit": {},',
    '  "timeouts": { "total": "soon" },',
    '  "servers": [{ "alias": 1, "url": "https://a.example.com" }],',
    '  "paths": [{ "method": "GET" }] }',
  ];
  const document = await editor.open('samplesconfig/mistakes.json', lines.join('\n'));
  const marked = document.diagnostics.map((diagnostic) => diagnostic.range.start.line);
  assert.deepStrictEqual([...new Set(marked)].sort(), [1, 2, 3, 4], JSON.stringify(document.diagnostics));
}

async function main() {
  const editor = new LanguageServer(server);
  try {
    await editor.start();
    const seen = await everySampleIsWithoutFault(editor);
    await completionOffersKeysAndValues(editor);
    await mistakesAreMarked(editor);
    console.log(`language server: ${seen}, completion of keys and values, mistakes marked`);
  } finally {
    editor.process.kill();
  }
}

main().catch((error) => {
  console.log(error.message);
  process.exitCode = 1;
});
