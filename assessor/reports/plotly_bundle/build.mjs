// Bundles entry.js; see README.md. Texts that only document attributes are left out of the bundle:
// they are a third of its size and no chart reads them.
import { readFile, readdir, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import path from "node:path";
import { pathToFileURL } from "node:url";

const modules = path.resolve(process.argv[2]);
const out = path.resolve(process.argv[3]);
const require = createRequire(pathToFileURL(path.join(modules, "x.js")));
const esbuild = require("esbuild");
const { version } = require("plotly.js/package.json");

const TEXTS = [
  /^\s*(hrName|hrDescription): '.*',?$/gm,
  /^\s*description: '.*',?$/gm,
  /^\s*(description|hrDescription): \[[^\]]*\]\s*\.join\([^)]*\),?$/gm,
];

const withoutTexts = {
  name: "without-texts",
  setup(build) {
    build.onLoad({ filter: /plotly\.js\/src\/.*attributes\.js$/ }, async ({ path: file }) => {
      let contents = await readFile(file, "utf8");
      for (const text of TEXTS) contents = contents.replace(text, "");
      return { contents, loader: "js" };
    });
  },
};

const result = await esbuild.build({
  entryPoints: [path.join(path.dirname(new URL(import.meta.url).pathname), "entry.js")],
  outfile: out,
  nodePaths: [modules],
  bundle: true,
  minify: true,
  format: "iife",
  globalName: "Plotly",
  define: { global: "window", "define.amd": "false" },
  target: "es2020",
  legalComments: "none",
  metafile: true,
  loader: { ".css": "empty" },
  logLevel: "warning",
  plugins: [withoutTexts],
});

const notice = `/*! plotly.js ${version}, scatter and bar only. Copyright Plotly, Inc. MIT licence; licences of all parts: LICENSES.txt */\n`;
await writeFile(out, notice + (await readFile(out, "utf8")));

// Every package that went in, with its licence, beside the script.
const packages = new Map();
for (const input of Object.keys(result.metafile.inputs)) {
  if (input.endsWith(".css")) continue;
  const name = input.match(/.*node_modules\/((?:@[^/]+\/)?[^/]+)/);
  if (name) packages.set(name[1], path.resolve(name[0]));
}
const texts = [];
for (const name of [...packages.keys()].sort()) {
  const about = JSON.parse(await readFile(path.join(packages.get(name), "package.json"), "utf8"));
  const files = await readdir(packages.get(name));
  const file = files.find((one) => /^(licen[cs]e|copying)/i.test(one));
  const text = file ? await readFile(path.join(packages.get(name), file), "utf8") : "";
  texts.push(`${name} ${about.version} (${about.license ?? "see below"})\n\n${text.trim()}\n`);
}
const rule = `\n${"-".repeat(78)}\n\n`;
await writeFile(path.join(path.dirname(out), "LICENSES.txt"), texts.join(rule));
