#!/bin/sh
# Sees to it that there is a PostgreSQL for the tests of the store, where it can be installed; they start a server of
# their own. Elsewhere those tests say that they were skipped, and why.
set -eu

there() {
    command -v initdb >/dev/null 2>&1 && return
    for program in /usr/lib/postgresql/*/bin/initdb; do
        test -x "$program" && return
    done
    return 1
}

there && exit
if [ "$(id -u)" = 0 ] && grep -qs '^ID=debian$' /etc/os-release; then
    echo "installing Debian's PostgreSQL for the tests of the store"
    export DEBIAN_FRONTEND=noninteractive
    apt-get update -qq
    apt-get install -qq -y --no-install-recommends postgresql >/dev/null
fi
