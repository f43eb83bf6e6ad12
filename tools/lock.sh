#!/usr/bin/env bash
# Write requirements/*.lock anew from pyproject.toml: exact versions, hashes, no address.
#
#   tools/lock.sh              keep versions that still fit, add what is missing
#   tools/lock.sh --upgrade    take the newest versions that pyproject.toml allows
#
# Needs uv (python3 -m pip install uv). Each set is locked on top of the smaller one, so that a
# package has one version in all of them.
set -euo pipefail
cd "$(dirname "$0")/.."

uv=$(command -v .venv/bin/uv || command -v uv) || {
    printf '✗ uv was not found: python3 -m pip install uv\n' >&2
    exit 1
}

compile() {
    local target=$1
    shift
    "$uv" pip compile --quiet --no-config --universal --python-version 3.11 --generate-hashes \
        --no-header --no-annotate "$@" pyproject.toml --output-file "requirements/$target.lock"
    printf 'requirements/%s.lock: %d packages\n' "$target" "$(grep -c '==' "requirements/$target.lock")"
}

compile core "$@" --group build
compile web "$@" --group build --extra web --extra pg --constraints requirements/core.lock
compile dev "$@" --group build --group dev --extra web --extra pg --constraints requirements/web.lock
compile spark "$@" --group build --group dev --extra web --extra pg --extra spark --constraints requirements/dev.lock
compile bench "$@" --group build --group dev --group bench --extra web --extra pg --constraints requirements/dev.lock
# Alone: it goes into a folder of its own, see tools/assets.sh.
"$uv" pip compile --quiet --no-config --universal --python-version 3.11 --generate-hashes \
    --no-header --no-annotate --group node --output-file requirements/node.lock
printf 'requirements/node.lock: %d packages\n' "$(grep -c '==' requirements/node.lock)"
