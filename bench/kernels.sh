#!/bin/sh
# Times, with JMH, what a copy or an import consists of: cutting, SHA-256, zstd, AES-GCM, the block index, manifests.
#
#   bench/kernels.sh [DISK] [JMH_OPTION…]    DISK: a disk image whose bytes to work on, instead of made-up ones; `-`
#                                            for none. The options are JMH's, for instance: -i 1 -wi 1 sha256
#
# Takes about five minutes, since each of the three of the index fills one of a million rows first. Prints a table in Markdown of operations a second, with JMH's error: MiB of content for
# what is done to bytes, else blocks.
set -eu
home=$(cd "$(dirname "$0")/.." && pwd -P)
disk=
if [ $# -gt 0 ]; then
    [ "$1" = - ] || disk=$(cd "$(dirname "$1")" && pwd -P)/$(basename "$1")
    shift
fi
work=$(mktemp -d "${TMPDIR:-/tmp}/imageferry-kernels.XXXXXX")
trap 'rm -rf "$work"' EXIT INT TERM
"$home/imageferry" version >/dev/null # builds it
JAVA_HOME=$("$home/imageferry" --java-home)
export JAVA_HOME
maven=$("$home/imageferry" --maven)
(cd "$home" && "$maven" -q -B dependency:build-classpath -Dmdep.outputFile="$work/classpath" \
    -DincludeGroupIds=org.openjdk.jmh,net.sf.jopt-simple,org.apache.commons </dev/null >&2)
path=$home/target/launch/imageferry.jar:$(cat "$work/classpath")
mkdir "$work/classes"
"$JAVA_HOME/bin/javac" -proc:full -cp "$path" -d "$work/classes" "$home"/bench/kernels/*.java
"$JAVA_HOME/bin/java" -Dimageferry.log=OFF --add-modules=jdk.incubator.vector --enable-native-access=ALL-UNNAMED ${disk:+"-Dkernels.disk=$disk"} \
    -cp "$work/classes:$path" org.openjdk.jmh.Main -rf csv -rff "$work/results.csv" "$@" >&2
# "kernels.BlockKernels.cut","thrpt",1,5,SCORE,ERROR,…
awk -F, 'NR == 1 { print "| kernel | a second | error |\n|---|--:|--:|"; next }
    { gsub(/"/, ""); sub(/.*\./, "", $1); printf "| %s | %.0f | %.0f |\n", $1, $5, $6 }' "$work/results.csv"
