#!/bin/sh
# Times the console: the page of a region that has 1,000 images, then of one that has 100,000.
#
#   bench/console.sh [TIMES]    how often each page is asked for, 50 by default
#
# Prints Markdown.
set -eu
home=$(cd "$(dirname "$0")/.." && pwd -P)
work=$(mktemp -d "${TMPDIR:-/tmp}/imageferry-bench.XXXXXX")
trap 'rm -rf "$work"' EXIT INT TERM
"$home/imageferry" version >/dev/null # builds it
java=$("$home/imageferry" --java-home)/bin/java
jar=$(ls "$home"/target/launch/imageferry.jar)
"$java" --enable-native-access=ALL-UNNAMED -cp "$jar" "$home/bench/ConsoleBench.java" \
    "$home/imageferry" "$work" "${1:-50}"
