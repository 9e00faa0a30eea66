#!/bin/sh
# Writes the locks from pyproject.toml. Pins are kept; `tools/lock.sh --upgrade` moves them.
set -eu
cd "$(dirname "$0")/.."
where=$(mktemp -d)
trap 'rm -rf "$where"' EXIT
.venv/bin/python -m venv "$where/venv"
"$where/venv/bin/pip" install --quiet --disable-pip-version-check "uv==0.13.8"
lock() {
    output=$1
    shift
    "$where/venv/bin/uv" pip compile pyproject.toml --universal --python-version 3.11 --generate-hashes \
        --no-header --no-annotate --no-emit-package oneseal --quiet --output-file "$output" "$@"
}
lock requirements.lock --group build "$@"
lock requirements-dev.lock --group dev --constraints requirements.lock "$@"
for alone in postgres node; do
    "$where/venv/bin/uv" pip compile --group $alone --no-deps --universal --python-version 3.11 --generate-hashes \
        --no-header --no-annotate --quiet --output-file requirements-$alone.lock "$@"
done
