#!/bin/sh
# Make the environment in which the row `material-blog` is built, beside the product's own.
#
#   sh bench/blog.sh
set -eu

venv=build/bench-blog
python=${PYTHON:-python3}
if [ ! -x "$venv/bin/python" ]; then
	"$python" -m venv "$venv"
fi
"$venv/bin/python" -m pip --disable-pip-version-check --quiet install --require-hashes -r bench/blog.lock
