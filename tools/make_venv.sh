#!/bin/sh
# Makes .venv with the Python named by the first argument. Debian ships the part that does it separately: as root, gets it.
set -eu
cd "$(dirname "$0")/.."
python=$1

"$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || {
    echo "motcua: cần Python 3.11 trở lên; nếu nó có tên khác, hãy chạy: make run PYTHON=python3.11" >&2
    exit 1
}
if ! "$python" -c 'import ensurepip, venv' 2>/dev/null; then
    [ "$(id -u)" = 0 ] || {
        echo "motcua: thiếu gói python3-venv; hãy chạy: sudo apt-get install python3-venv" >&2
        exit 1
    }
    apt-get update -qq
    DEBIAN_FRONTEND=noninteractive apt-get install -qq -y --no-install-recommends python3-venv >/dev/null
fi
"$python" -m venv .venv
