#!/bin/sh
# Shows how the time of a copy grows with a disk, with its data, and with what a region holds; and weighs the catalog.
#
#   bench/scale.sh [MIB] [RUNS] [IMAGES] [ROWS]
#
#   MIB     of data on each large disk, 1024 by default: on 4 GiB, on 1 TiB in 64 parts, on 1 TiB in all 1024
#   RUNS    counted ones of those, 5 by default; 0 leaves them out
#   IMAGES  in the full region, 10,000 by default
#   ROWS    of the block index that is weighed, a million by default
#
# Takes about ten minutes, half of them to make the images, and below ${TMPDIR:-/tmp} about twenty times MIB.
# bench/memory.sh shows the memory that a disk of 20 GiB takes.
set -eu
home=$(cd "$(dirname "$0")/.." && pwd -P)
work=$(mktemp -d "${TMPDIR:-/tmp}/imageferry-scale.XXXXXX")
trap 'rm -rf "$work"' EXIT INT TERM
"$home/imageferry" version >/dev/null # builds it
java=$("$home/imageferry" --java-home)/bin/java
"$java" -Dimageferry.log=OFF --enable-native-access=ALL-UNNAMED -cp "$home/target/launch/imageferry.jar" \
    "$home/bench/ScaleBench.java" "$home/imageferry" "$work" "${1:-1024}" "${2:-5}" "${3:-10000}" "${4:-1000000}"
