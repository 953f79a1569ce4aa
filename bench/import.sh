#!/bin/sh
# Shows what the processors do while a disk image is imported: the shares of zstd, SHA-256, cutting, files, catalog.
#
#   bench/import.sh [IMAGE] [RUNS]    IMAGE: bench/images/gen1.raw by default; RUNS: 5 by default, each into an empty region
#
# Takes half a minute a run, and as much space below ${TMPDIR:-/tmp} as RUNS + 1 times the image's data. Prints Markdown.
# The samples are those of the Java flight recorder by CPU time, native code among them: Linux only.
set -eu
home=$(cd "$(dirname "$0")/.." && pwd -P)
image=${1:-$home/bench/images/gen1.raw}
[ -f "$image" ] || {
    echo "import.sh: there is no $image: make it with bench/make-images.sh, or name another" >&2
    exit 1
}
work=$(mktemp -d "${TMPDIR:-/tmp}/imageferry-bench.XXXXXX")
trap 'rm -rf "$work"' EXIT INT TERM
"$home/imageferry" version >/dev/null # builds it
java=$("$home/imageferry" --java-home)/bin/java
cat >"$work/samples.jfc" <<END
<?xml version="1.0" encoding="UTF-8"?>
<configuration version="2.0">
  <event name="jdk.CPUTimeSample">
    <setting name="enabled">true</setting>
    <setting name="throttle">5ms</setting>
    <setting name="stackTrace">true</setting>
  </event>
</configuration>
END
IMAGEFERRY_JAVA_OPTS="-XX:StartFlightRecording:settings=$work/samples.jfc,filename=$work/%p.jfr"
export IMAGEFERRY_JAVA_OPTS
"$java" -Dimageferry.log=OFF --enable-native-access=ALL-UNNAMED -cp "$home/target/launch/imageferry.jar" \
    "$home/bench/ImportBench.java" "$home/imageferry" "$work" "$image" "${2:-5}"
