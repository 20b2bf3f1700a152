#!/bin/sh
# Bring what the tests need beside Python: a browser, a web server, npm and Java.
#
# Debian and Ubuntu: installed with apt-get. Elsewhere this says what to install, and fails.
# CHROMIUM and NGINX may name programs that apt-get does not know of.
set -eu

has() {
	command -v "$1" >/dev/null 2>&1
}

browser() {
	[ -x "${CHROMIUM:-}" ] || has chromium || has chromium-browser || has google-chrome ||
		[ -x '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome' ] ||
		[ -x '/Applications/Chromium.app/Contents/MacOS/Chromium' ]
}

server() {
	[ -x "${NGINX:-}" ] || has nginx || [ -x /usr/sbin/nginx ]
}

# Of npm and Java a macOS without them has a word that only says so.
npm_works() {
	has npm && npm --version >/dev/null 2>&1
}

java_works() {
	has java && java -version >/dev/null 2>&1
}

if browser && server && npm_works && java_works; then
	exit 0
fi

as_root() {
	if [ "$(id -u)" -eq 0 ]; then
		"$@"
	else
		sudo "$@"
	fi
}

if has apt-get && { [ "$(id -u)" -eq 0 ] || { has sudo && sudo -n true 2>/dev/null; }; }; then
	packages=
	browser || packages="$packages chromium"
	server || packages="$packages nginx-light"
	npm_works || packages="$packages npm"
	java_works || packages="$packages default-jre-headless"
	echo "installing$packages"
	export DEBIAN_FRONTEND=noninteractive
	as_root apt-get update -qq
	# shellcheck disable=SC2086 # several words are several packages
	as_root apt-get install -y -qq --no-install-recommends $packages >/dev/null
fi

if ! browser; then
	echo 'The tests need a browser:' >&2
	echo '  Debian or Ubuntu:  sudo apt-get install chromium' >&2
	echo '  macOS:             brew install --cask chromium' >&2
	echo '  elsewhere:         CHROMIUM=/path/to/chromium make test' >&2
fi
if ! server; then
	echo 'The tests need the web server nginx:' >&2
	echo '  Debian or Ubuntu:  sudo apt-get install nginx-light' >&2
	echo '  macOS:             brew install nginx' >&2
	echo '  elsewhere:         NGINX=/path/to/nginx make test' >&2
fi
if ! npm_works; then
	echo 'The tests need npm, to fetch what judges the pages:' >&2
	echo '  Debian or Ubuntu:  sudo apt-get install npm' >&2
	echo '  macOS:             brew install node' >&2
fi
if ! java_works; then
	echo 'The tests need Java, in which the HTML checker runs:' >&2
	echo '  Debian or Ubuntu:  sudo apt-get install default-jre-headless' >&2
	echo '  macOS:             brew install openjdk, and its folder bin in PATH' >&2
fi
browser && server && npm_works && java_works
