#!/usr/bin/env bash
# Fetch plotly.js and esbuild at their pinned versions and write the script the figures need.
set -euo pipefail
cd "$(dirname "$0")"
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
cp package.json "$work/"
(cd "$work" && npm install --silent --ignore-scripts --no-package-lock)
mkdir -p ../static/plotly
node build.mjs "$work/node_modules" ../static/plotly/plotly-assessor.min.js
