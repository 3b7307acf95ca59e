//! The command as a user has it: a process, a folder, what is printed, and the exit code.

mod check;
mod diff;
mod explain;
mod failures;
mod files;
mod generate;
mod help;
mod init;
mod mend;
mod parts;
#[cfg(target_os = "linux")]
mod progress;
mod readme;
mod review_comment;
#[cfg(unix)]
mod workflow;

/// The command under test.
const SDK: &str = env!("CARGO_BIN_EXE_cargo-sdk");

/// A small document. Its title is of two words, which a package and its library spell differently.
const DOCUMENT: &str = "\
openapi: 3.0.3
info: {title: Pet store, version: '1'}
servers: [{url: 'https://pets.example'}]
security: [{key: []}]
paths:
  /pets:
    get:
      parameters: [{name: limit, in: query, schema: {type: integer}}]
      responses: {'200': {description: Fine, content: {application/json: {schema: {type: array, items: {$ref: '#/components/schemas/Pet'}}}}}}
  /pets/{id}:
    get:
      parameters: [{name: id, in: path, required: true, schema: {type: string}}]
      responses: {'200': {description: Fine, content: {application/json: {schema: {$ref: '#/components/schemas/Pet'}}}}}
components:
  schemas:
    Pet: {type: object, properties: {name: {type: string}}}
  securitySchemes:
    key: {type: apiKey, in: header, name: X-Key}
";
