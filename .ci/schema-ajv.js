// schema-ajv.js SCHEMA RIGHT… -- WRONG… - the schema compiles in ajv's strict mode, takes every right document and refuses every wrong one.
const fs = require('fs');
const Ajv = require('ajv/dist/2020').default;

const read = (file) => JSON.parse(fs.readFileSync(file, 'utf8'));
const [schema, ...documents] = process.argv.slice(2);
const right = documents.slice(0, documents.indexOf('--'));
const wrong = documents.slice(documents.indexOf('--') + 1);
// A `required` beside a `$ref` names what that describes, which strictRequired does not see.
const ajv = new Ajv({ strict: true, strictRequired: false, allErrors: true });
const validate = ajv.compile(read(schema));

let failed = right.length === 0 || wrong.length === 0;
for (const file of right) {
  if (!validate(read(file))) {
    console.log(`${file} is refused: ${ajv.errorsText(validate.errors)}`);
    failed = true;
  }
}
for (const file of wrong) {
  if (validate(read(file))) {
    console.log(`${file} is taken`);
    failed = true;
  }
}
console.log(`ajv, strict: ${right.length} right and ${wrong.length} wrong documents${failed ? ', FAILED' : ''}`);
process.exit(failed ? 1 : 0);
