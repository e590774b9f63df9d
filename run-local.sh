#!/usr/bin/env sh
# Three nodes on this machine: Azurite/run-local.mjs tells how.
command -v node > /dev/null || { echo 'run-local needs Node.js 20.11 or later.' >&2; exit 1; }
exec node "$(dirname "$0")/Azurite/run-local.mjs" "$@"
