#!/bin/sh
# Installs Amity from the folder it is run in into /opt/amity, from the locked and hashed packages alone.
# The Dockerfile runs it, and so does whoever sets up a small server: sudo sh deploy/install.sh
set -eu
target=${1:-/opt/amity}
python3 -m venv "$target"
pip="$target/bin/pip install --quiet --no-input --no-cache-dir --disable-pip-version-check --no-deps"
$pip --only-binary :all: --require-hashes -r requirements-setup.lock
$pip --only-binary :all: --no-binary dkimpy --no-build-isolation --require-hashes -r requirements.lock
# What an earlier run left there would be packed again: files that are gone from this folder, too.
rm -rf build src/*.egg-info
$pip --no-build-isolation .
rm -rf build src/*.egg-info
"$target/bin/pip" uninstall --quiet --yes setuptools uv
"$target/bin/amity" --help >/dev/null
