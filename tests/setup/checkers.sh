#!/bin/sh
# Bring what judges the built sites: axe-core and the Nu HTML checker, as package-lock.json has them.
#
# Nothing of them is started here: axe-core runs in the browser, the checker in Java.
set -eu

cd "$(dirname "$0")"
kept=node_modules/.installed-from

if cmp -s package-lock.json "$kept"; then
	exit 0
fi
echo 'installing axe-core and the Nu HTML checker into tests/setup/node_modules'
npm ci --ignore-scripts --no-audit --no-fund --loglevel=error
cp package-lock.json "$kept"
