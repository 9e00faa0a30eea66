#!/bin/sh
# Makes .venv with what the lock pins, checked by hash, and the project itself editable.
#   tools/setup.sh run   what the service needs        tools/setup.sh dev   that and what its tests need
set -eu
cd "$(dirname "$0")/.."
kind=${1:-run}
case $kind in run) lock=requirements.lock ;; dev) lock=requirements-dev.lock ;; *) echo "tools/setup.sh run|dev" >&2; exit 2 ;; esac

find_python() {
    for name in ${PYTHON:-} python3 python3.13 python3.12 python3.11 python3.14; do
        if command -v "$name" >/dev/null 2>&1 && "$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
            command -v "$name"
            return
        fi
    done
    echo "OneSeal needs Python 3.11 or newer, and none was found. Install one (Debian: apt-get install python3 python3-venv)," >&2
    echo "or name one: make PYTHON=/path/to/python3.11 run" >&2
    exit 1
}

if ! .venv/bin/python -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || ! .venv/bin/python -m pip --version >/dev/null 2>&1; then
    python=$(find_python)
    echo "making .venv with $python"
    if ! "$python" -m venv --clear .venv; then
        echo "$python cannot make virtual environments. Debian: apt-get install python3-venv" >&2
        exit 1
    fi
fi
echo "installing $lock"
.venv/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes --only-binary :all: --requirement "$lock"
.venv/bin/python -m pip install --quiet --disable-pip-version-check --no-deps --no-index --no-build-isolation --editable .
touch .venv/run.stamp
if [ "$kind" = dev ]; then touch .venv/dev.stamp; fi
