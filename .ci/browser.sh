#!/bin/sh
# Sees to it that there is a Chromium for the browser tests; $1 is the Python that has Playwright.
set -eu
python=$1

on_path() {
    for name in chromium chromium-browser google-chrome; do
        command -v "$name" >/dev/null 2>&1 && return
    done
    return 1
}

# What Playwright itself runs on (Node.js) needs a library that a bare Debian is without.
driver_runs() { "$python" -m playwright --version >/dev/null 2>&1; }

on_path && driver_runs && exit
if [ "$(id -u)" = 0 ] && grep -qs '^ID=debian$' /etc/os-release; then
    echo "installing Debian's Chromium for the browser tests"
    export DEBIAN_FRONTEND=noninteractive
    apt-get update -qq
    apt-get install -qq -y --no-install-recommends chromium fonts-liberation libatomic1 >/dev/null
elif driver_runs; then
    echo "fetching Playwright's Chromium for the browser tests"
    "$python" -m playwright install chromium
else
    echo "Playwright does not start: it needs the library libatomic (Debian and Ubuntu: apt-get install libatomic1)" >&2
    exit 1
fi
