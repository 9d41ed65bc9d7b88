#!/usr/bin/env bash
# Builds the pages into web/dist from the locked packages.
set -euo pipefail
cd "$(dirname "$0")"
bash npm.sh ci --no-fund --no-audit
bash npm.sh run build
