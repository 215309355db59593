#!/bin/sh
# Makes sure of what the tests need from Debian: Chromium for the journeys, poppler-utils to read the slips.
set -eu

missing=""
command -v chromium >/dev/null || missing="$missing chromium"
command -v pdftotext >/dev/null || missing="$missing poppler-utils"
[ -n "$missing" ] || exit 0

[ "$(id -u)" = 0 ] || {
    echo "motcua: bài thử cần các gói$missing; hãy chạy: sudo apt-get install$missing" >&2
    exit 1
}
echo "Đang cài các gói cho bài thử:$missing"
apt-get update -qq
# shellcheck disable=SC2086 # a list of names
DEBIAN_FRONTEND=noninteractive apt-get install -qq -y --no-install-recommends $missing >/dev/null
