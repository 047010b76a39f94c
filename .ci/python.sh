#!/bin/sh
# Prints the name of the newest Python that can run the project; where there is none, says so in one line.
incomplete=
for name in ${PYTHON:-python3.14 python3.13 python3.12 python3.11 python3 python}; do
    "$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || continue
    # Debian's python3 comes without what makes virtual environments
    "$name" -c 'import ensurepip, venv' 2>/dev/null && echo "$name" && exit
    incomplete=${incomplete:-$name}
done
if [ -n "$incomplete" ]; then
    case $incomplete in python3.*) package=$incomplete-venv ;; *) package=python3-venv ;; esac
    echo "$incomplete cannot make virtual environments; on Debian and Ubuntu: apt-get install $package" >&2
else
    echo "no Python 3.11 or newer found${PYTHON:+ as $PYTHON}: install one, or name it: make PYTHON=/path/to/python" >&2
fi
exit 1
