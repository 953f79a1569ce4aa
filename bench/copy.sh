#!/bin/sh
# Times copies of disk images beside `cp --sparse=always` + sync of the same files, in one run.
#
#   bench/copy.sh [FOLDER]    a folder with gen1.raw, gen2.raw, gen3.raw and, if you like, rebuilt.raw
#                             (default: bench/images, which bench/make-images.sh fills)
#
# Needs about four times the images' data in free space below ${TMPDIR:-/tmp}. Prints Markdown.
set -eu
home=$(cd "$(dirname "$0")/.." && pwd -P)
images=${1:-$home/bench/images}
work=$(mktemp -d "${TMPDIR:-/tmp}/imageferry-bench.XXXXXX")
trap 'rm -rf "$work"' EXIT INT TERM
for image in gen1 gen2 gen3; do
    [ -f "$images/$image.raw" ] || {
        echo "copy.sh: there is no $images/$image.raw: make it with bench/make-images.sh $images" >&2
        exit 1
    }
done
"$home/imageferry" version >/dev/null # builds it
java=$("$home/imageferry" --java-home)/bin/java
jar=$(ls "$home"/target/launch/imageferry.jar)
set -- "$images/gen1.raw" "$images/gen2.raw" "$images/gen3.raw"
[ ! -f "$images/rebuilt.raw" ] || set -- "$@" "$images/rebuilt.raw"
"$java" --enable-native-access=ALL-UNNAMED -cp "$jar" "$home/bench/CopyBench.java" "$home/imageferry" "$work" "$@"
