#!/bin/sh
# Times the API: calls of eight clients to a server whose region has 100,000 images.
#
#   bench/api.sh [SECONDS] [DISK]    SECONDS for each line, 5 by default; DISK is copied meanwhile
#                                    (default: one of 1 GiB, half of it incompressible, made for it)
#
# Needs about sixty times the disk's data in free space below ${TMPDIR:-/tmp}, and 4 GiB of memory. Prints Markdown.
set -eu
home=$(cd "$(dirname "$0")/.." && pwd -P)
seconds=${1:-5}
work=$(mktemp -d "${TMPDIR:-/tmp}/imageferry-bench.XXXXXX")
trap 'rm -rf "$work"' EXIT INT TERM
"$home/imageferry" version >/dev/null # builds it
java=$("$home/imageferry" --java-home)/bin/java
jar=$(ls "$home"/target/launch/imageferry.jar)
set -- "$home/imageferry" "$work" "$seconds" ${2:+"$2"}
# Clients that call at a pace collect no garbage meanwhile: the pauses that count are the server's.
"$java" -Xms3g -Xmn2g -XX:MetaspaceSize=128m -XX:+AlwaysPreTouch --enable-native-access=ALL-UNNAMED \
    -cp "$jar" "$home/bench/ApiBench.java" "$@"
