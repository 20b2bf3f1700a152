#!/bin/sh
# Make a virtual environment with exactly what a lock file lists, and this checkout.
#
#   sh tests/setup/environment.sh .venv requirements/site.lock
set -eu

venv=$1
lock=$2

# Two runs at once would install over each other: the second one waits for the first.
hold="$venv-lock"
waited=0
until mkdir "$hold" 2>/dev/null; do
	if [ "$waited" -eq 0 ]; then
		echo "waiting for another set-up of $venv to end (if there is none: rmdir $hold)"
	fi
	waited=$((waited + 1))
	if [ "$waited" -gt 900 ]; then
		echo "another set-up of $venv does not end: rmdir $hold, then try again" >&2
		exit 1
	fi
	sleep 1
done
trap 'rmdir "$hold"' EXIT
trap 'exit 130' INT TERM

new_enough() {
	"$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null
}

find_python() {
	for name in ${PYTHON:-} python3 python3.14 python3.13 python3.12 python3.11 python; do
		if command -v "$name" >/dev/null 2>&1 && new_enough "$name"; then
			command -v "$name"
			return
		fi
	done
	echo 'gatepost needs Python 3.11 or newer and found none.' >&2
	echo '  Debian or Ubuntu:  sudo apt-get install python3 python3-venv' >&2
	echo '  macOS:             brew install python@3.13' >&2
	echo '  elsewhere:         PYTHON=/path/to/python3 make site' >&2
	exit 1
}

if ! { [ -x "$venv/bin/python" ] && new_enough "$venv/bin/python"; }; then
	python=$(find_python)
	if ! "$python" -c 'import ensurepip, venv' 2>/dev/null; then
		version=$("$python" -c 'import sys; print("%d.%d" % sys.version_info[:2])')
		echo "$python cannot make virtual environments." >&2
		echo "  Debian or Ubuntu:  sudo apt-get install python$version-venv" >&2
		exit 1
	fi
	"$python" -m venv --clear "$venv"
fi

pip() {
	"$venv/bin/python" -m pip --disable-pip-version-check --quiet "$@"
}

echo "installing what $lock lists into $venv"
pip install --require-hashes -r "$lock"
# Without dependencies and without isolation: everything it needs is in the lock.
pip install --no-deps --no-build-isolation --editable .
