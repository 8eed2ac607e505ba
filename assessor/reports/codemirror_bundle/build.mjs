// Bundles entry.js and copies SortableJS, each with the licences of all that went in; see README.md.
import { copyFile, mkdir, readFile, readdir, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import path from "node:path";
import { pathToFileURL } from "node:url";

const modules = path.resolve(process.argv[2]);
const out = path.resolve(process.argv[3]);
const require = createRequire(pathToFileURL(path.join(modules, "x.js")));
const esbuild = require("esbuild");
await mkdir(path.join(out, "codemirror"), { recursive: true });

const script = path.join(out, "codemirror", "editor.min.js");
const result = await esbuild.build({
  entryPoints: [path.join(path.dirname(new URL(import.meta.url).pathname), "entry.js")],
  outfile: script,
  nodePaths: [modules],
  bundle: true,
  minify: true,
  format: "iife",
  globalName: "AssessorEditor",
  target: "es2020",
  legalComments: "none",
  metafile: true,
  logLevel: "warning",
});
const notice = "/*! CodeMirror 6 and Lezer. Copyright Marijn Haverbeke and others. MIT licence: LICENSES.txt */\n";
await writeFile(script, notice + (await readFile(script, "utf8")));

async function licence(folder) {
  const about = JSON.parse(await readFile(path.join(folder, "package.json"), "utf8"));
  const file = (await readdir(folder)).find((one) => /^(licen[cs]e|copying)/i.test(one));
  const text = file ? await readFile(path.join(folder, file), "utf8") : "";
  return `${about.name} ${about.version} (${about.license ?? "see below"})\n\n${text.trim()}\n`;
}

const rule = `\n${"-".repeat(78)}\n\n`;
const packages = new Set();
for (const input of Object.keys(result.metafile.inputs)) {
  const name = input.match(/.*node_modules\/((?:@[^/]+\/)?[^/]+)/);
  if (name) packages.add(path.resolve(name[0]));
}
const texts = await Promise.all([...packages].sort().map(licence));
await writeFile(path.join(out, "codemirror", "LICENSES.txt"), texts.join(rule));

const sortable = path.join(modules, "sortablejs");
await copyFile(path.join(sortable, "Sortable.min.js"), path.join(out, "js", "sortable.min.js"));
await writeFile(path.join(out, "js", "LICENSE-sortable.txt"), await licence(sortable));
