#!/usr/bin/env bash
# Run one step of a longer command: say what it is, run it, say how long it took.
#
#   tools/step.sh "Tests" .venv/bin/python -m pytest
#
# The exit code is the step's own.
set -uo pipefail

title=$1
shift

started=$SECONDS
printf '▸ %s\n' "$title"
"$@"
code=$?
took=$((SECONDS - started))
if [ "$code" -eq 0 ]; then
    printf '✓ %s (%d s)\n\n' "$title" "$took"
else
    printf '✗ %s: failed after %d s with exit code %d\n\n' "$title" "$took" "$code" >&2
fi
exit "$code"
