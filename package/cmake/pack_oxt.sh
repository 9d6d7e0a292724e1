#!/bin/sh
# SPDX-License-Identifier: MPL-2.0
# pack_oxt.sh ZIP FOLDER OUTPUT: packs a folder so that the same content gives the same bytes.
set -eu
zip=$1
folder=$2
output=$3
umask 022
cd "$folder"
find . -type d -exec chmod 755 {} +
find . -type f -exec chmod 644 {} +
TZ=UTC find . -exec touch -d '1980-01-01 00:00:00' {} +
rm -f "$output"
find . -type f | sed 's|^\./||' | LC_ALL=C sort | TZ=UTC "$zip" -X -D -q -9 "$output" -@
