#!/usr/bin/env bash
# Make .venv and install what a lock file names, every file checked against its hash.
#
#   tools/setup.sh core     what Attain needs at the command line
#   tools/setup.sh web      the same, and the product in the browser
#   tools/setup.sh dev      the same, and what its tests and checks need (the default)
#   tools/setup.sh bench    the same as dev, and Polars and pandas to be measured against
#   tools/setup.sh spark    the same as dev, and Spark (needs Java 17 or newer besides)
#
# Runs again at no cost: the fingerprint of what is installed is kept in .venv, and nothing
# happens while it fits. Needs Python 3.11 or newer and pip, no root, and no python3-venv.
# Packages come from wherever this machine's pip is told to look: mirror, proxy and
# certificates are pip's own settings and nothing here overrides them.
set -euo pipefail
cd "$(dirname "$0")/.."

set_name=${1:-dev}
lock=requirements/$set_name.lock

fail() {
    printf '✗ %s\n' "$@" >&2
    exit 1
}

[ -f "$lock" ] || fail "There is no $lock." "Choose core, web, dev, bench or spark."

# The first Python that is new enough; PYTHON=/path/to/python in the environment goes first.
find_python() {
    local candidate
    for candidate in ${PYTHON:-} python3 python3.11 python3.12 python3.13; do
        if "$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
            command -v "$candidate"
            return
        fi
    done
    fail "Attain needs Python 3.11 or newer, and none was found." \
        "On Debian 12: apt-get install python3 python3-pip. Elsewhere: PYTHON=/path/to/python3.11 tools/setup.sh $set_name"
}

# What is installed is current while lock, package settings and interpreter are the same.
fingerprint() {
    .venv/bin/python - "requirements/$1.lock" pyproject.toml <<'PYTHON'
import hashlib, pathlib, sys
digest = hashlib.sha256(sys.version.encode())
for name in sys.argv[1:]:
    digest.update(pathlib.Path(name).read_bytes())
print(digest.hexdigest())
PYTHON
}

is_current() {
    local bigger
    for bigger in core web dev bench spark; do
        # A larger set contains the smaller ones, in the same versions (a test sees to that).
        case "$set_name-$bigger" in web-core | dev-core | dev-web | bench-core | bench-web | bench-dev | bench-spark | spark-core | spark-web | spark-dev | spark-bench) continue ;; esac
        [ -f ".venv/.installed-$bigger" ] || continue
        [ "$(cat ".venv/.installed-$bigger")" = "$(fingerprint "$bigger")" ] && return 0
    done
    return 1
}

# pip of the outer Python can install into .venv, so neither ensurepip nor a second pip is needed.
make_environment() {
    local python=$1
    if "$python" -m pip --python "$python" --version >/dev/null 2>&1; then
        "$python" -m venv --clear --without-pip .venv
    elif "$python" -c 'import ensurepip' 2>/dev/null; then
        "$python" -m venv --clear .venv
    else
        fail "$python has no pip." "On Debian 12: apt-get install python3-pip"
    fi
}

pip_install() {
    local python=$1
    shift
    if [ -x .venv/bin/pip ]; then
        .venv/bin/python -m pip --disable-pip-version-check install --no-compile "$@"
    else
        "$python" -m pip --disable-pip-version-check --python .venv/bin/python install --no-compile "$@"
    fi
}

# Downloads of a megabyte and more are named as they start. The rest goes to a log, shown on failure.
install_logged() {
    local log=.venv/install.log
    pip_install "$@" 2>&1 | tee "$log" |
        sed -n -u -E 's|^ *Downloading ([^ ]*/)?([^-/ ]+-[^- ]+)[^ ]* \(([0-9.]+ MB)\)$|  \2 (\3)|p' || {
        tail -n 20 "$log" >&2
        fail "Installing from $lock failed; the whole log is in $log." \
            "If packages cannot be reached, see what pip is told: python3 -m pip config list"
    }
}

if .venv/bin/python -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
    if is_current; then
        printf 'Up to date: .venv has everything of %s\n' "$lock"
        exit 0
    fi
fi

python=$(find_python)
if ! .venv/bin/python -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
    printf 'Making .venv with %s\n' "$("$python" --version)"
    make_environment "$python"
fi
printf 'Installing %d packages of %s\n' "$(grep -c '==' "$lock")" "$lock"
install_logged "$python" --require-hashes -r "$lock"
install_logged "$python" --quiet --no-deps --no-build-isolation --editable .
fingerprint "$set_name" >".venv/.installed-$set_name"
