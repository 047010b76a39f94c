#!/bin/sh
# Sees to it that there is a Chromium for the browser tests; $1 is the Python that has Playwright.
set -eu

on_path() {
    for name in chromium chromium-browser google-chrome; do
        command -v "$name" >/dev/null 2>&1 && return
    done
    return 1
}

on_path && exit
if [ "$(id -u)" = 0 ] && grep -qs '^ID=debian$' /etc/os-release; then
    echo "installing Debian's Chromium for the browser tests"
    export DEBIAN_FRONTEND=noninteractive
    apt-get update -qq
    apt-get install -qq -y --no-install-recommends chromium fonts-liberation >/dev/null
else
    echo "fetching Playwright's Chromium for the browser tests"
    "$1" -m playwright install chromium
fi
