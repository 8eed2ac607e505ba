#!/usr/bin/env bash
# Fetch CodeMirror, SortableJS and esbuild at their pinned versions and write the designer's scripts.
set -euo pipefail
cd "$(dirname "$0")"
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
cp package.json "$work/"
# esbuild needs no install script: npm brings its binary as an optional package.
(cd "$work" && npm install --silent --ignore-scripts --no-package-lock)
node build.mjs "$work/node_modules" ../static
