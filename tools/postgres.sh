#!/usr/bin/env bash
# Run a command with a PostgreSQL of its own, which is gone when the command ends.
#
#   tools/postgres.sh .venv/bin/python -m pytest tests/apps
#
# Uses the PostgreSQL that the machine has (on Debian: apt-get install postgresql); nothing of
# it is configured or started otherwise. No network: the server listens on a socket in a folder
# of its own. As root it runs as the user postgres, because PostgreSQL refuses to run as root.
set -euo pipefail

fail() {
    printf '✗ %s\n' "$@" >&2
    exit 1
}

# Debian keeps the programs of each version apart from the path; the newest is taken.
find_programs() {
    local candidate
    for candidate in $(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -t/ -k5 -nr) \
        "$(dirname "$(command -v initdb || echo /nowhere/initdb)")"; do
        [ -x "$candidate/initdb" ] && [ -x "$candidate/pg_ctl" ] && echo "$candidate" && return
    done
    fail "There is no PostgreSQL on this machine." "On Debian: apt-get install postgresql"
}

[ $# -gt 0 ] || fail "Say which command to run with a PostgreSQL."
programs=$(find_programs)

as_owner() {
    if [ "$(id -u)" = 0 ]; then
        (cd / && runuser -u postgres -- env LC_ALL=C "$@")
    else
        env LC_ALL=C # Waited for, so that whoever stops us stops the command and the server as well.
"$@" &
command=$!
trap 'kill -TERM "$command" 2>/dev/null; wait "$command"; exit 143' INT TERM
wait "$command"
    fi
}

# Memory where there is some: nothing of it must survive.
base=${TMPDIR:-/tmp}
[ -d /dev/shm ] && [ -w /dev/shm ] && base=/dev/shm
folder=$(mktemp -d "$base/attain-postgres.XXXXXX")
[ "$(id -u)" = 0 ] && chown postgres "$folder"

stop() {
    as_owner "$programs/pg_ctl" --pgdata="$folder/data" --mode=immediate stop >/dev/null 2>&1 || true
    rm -rf "$folder"
}
trap stop EXIT

as_owner "$programs/initdb" --pgdata="$folder/data" --username=attain --auth=trust \
    --encoding=UTF8 --no-locale --no-sync >/dev/null
as_owner "$programs/pg_ctl" --pgdata="$folder/data" --log="$folder/log" --wait start \
    --options="-c listen_addresses='' -c unix_socket_directories='$folder' -c fsync=off \
    -c synchronous_commit=off -c full_page_writes=off -c max_connections=60" >/dev/null || {
    cat "$folder/log" >&2
    fail "PostgreSQL did not start."
}

encoded=${folder//\//%2F}
export ATTAIN_DATABASE_URL="postgresql://attain@/postgres?host=$encoded"
export PATH="$programs:$PATH"
# Waited for, so that whoever stops us stops the command and the server as well.
"$@" &
command=$!
trap 'kill -TERM "$command" 2>/dev/null; wait "$command"; exit 143' INT TERM
wait "$command"
