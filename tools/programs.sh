#!/usr/bin/env bash
# See that the programs which only tests need are there: Chromium with a Chinese font, PostgreSQL.
#
# Installs what is missing with apt when run as root. Otherwise it says what will be skipped, and
# where CI is set it fails instead: a build skips nothing.
set -euo pipefail

missing=()
command -v chromium >/dev/null || missing+=(chromium)
ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || missing+=(postgresql)
fc-list 2>/dev/null | grep -qi 'cjk' || missing+=(fonts-noto-cjk)

if [ ${#missing[@]} -eq 0 ]; then
    printf 'Chromium, a Chinese font and PostgreSQL are here\n'
    exit 0
fi

if [ "$(id -u)" -eq 0 ] && command -v apt-get >/dev/null; then
    printf 'Installing from Debian: %s\n' "${missing[*]}"
    log=$(mktemp)
    # Services are not started: tests run servers of their own.
    if { apt-get update -q && RUNLEVEL=1 DEBIAN_FRONTEND=noninteractive \
        apt-get install -y -q --no-install-recommends "${missing[@]}"; } >"$log" 2>&1; then
        exit 0
    fi
    tail -n 20 "$log" >&2
fi

printf '✗ Not here: %s\n' "${missing[*]}" >&2
printf '  Tests that need them are skipped. On Debian 12: apt-get install %s\n' "${missing[*]}" >&2
[ -z "${CI:-}" ]
