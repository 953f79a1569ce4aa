#!/bin/sh
# Times copies of disk images beside `cp --sparse=always` + sync of the same files, in one run.
#
#   bench/copy.sh [FOLDER]    a folder with gen1.raw, gen2.raw and gen3.raw (bench/make-images.sh makes them)
#
# Needs about four times the images' data in free space below ${TMPDIR:-/tmp}. Prints Markdown.
set -eu
home=$(cd "$(dirname "$0")/.." && pwd -P)
images=$(cd "${1:-$home/bench/images}" && pwd -P)
work=$(mktemp -d "${TMPDIR:-/tmp}/imageferry-bench.XXXXXX")
trap 'rm -rf "$work"' EXIT INT TERM
"$home/imageferry" version >/dev/null # builds it
java=$("$home/imageferry" --java-home)/bin/java
jar=$(ls "$home"/target/launch/imageferry.jar)
"$java" --enable-native-access=ALL-UNNAMED -cp "$jar" "$home/bench/CopyBench.java" "$home/imageferry" "$work" \
    "$images/gen1.raw" "$images/gen2.raw" "$images/gen3.raw"
