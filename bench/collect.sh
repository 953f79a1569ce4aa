#!/bin/sh
# Deletes half of a region's images while copies run, makes one pass of the collector, and tells how much of what is
# stored is dead afterwards, and how much longer copies took meanwhile.
#
#   bench/collect.sh [IMAGES [MIB [ROUNDS]]]    so many images of so many MiB each: 16 of 256 by default, in 5 rounds
#
# Needs about IMAGES x MIB x (ROUNDS + 3) in free space below ${TMPDIR:-/tmp}. Prints Markdown.
set -eu
home=$(cd "$(dirname "$0")/.." && pwd -P)
work=$(mktemp -d "${TMPDIR:-/tmp}/imageferry-bench.XXXXXX")
trap 'rm -rf "$work"' EXIT INT TERM
"$home/imageferry" version >/dev/null # builds it
java=$("$home/imageferry" --java-home)/bin/java
jar=$(ls "$home"/target/launch/imageferry.jar)
"$java" --enable-native-access=ALL-UNNAMED -cp "$jar" "$home/bench/CollectBench.java" \
    "$home/imageferry" "$work" "${1:-16}" "${2:-256}" "${3:-5}"
