#!/usr/bin/env bash
# Fetch the typefaces at their pinned versions and write the subsets the site serves.
set -euo pipefail
cd "$(dirname "$0")"
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
cp package.json "$work/"
(cd "$work" && npm install --silent --ignore-scripts --no-package-lock)
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet fonttools==4.60.1 brotli==1.1.0
"$work/venv/bin/python" subset.py "$work/node_modules" ../static/fonts
for face in newsreader source-sans-3; do
  cp "$work/node_modules/@fontsource-variable/$face/LICENSE" "../static/fonts/LICENSE-$face.txt"
done
