#!/bin/sh
# Feeds each reader of a disk image format with mutated images, guided by the code that they reach (Jazzer).
#
#   bench/fuzz.sh [MINUTES] [FORMAT…]    10 minutes for each of qcow2 vhd vhdx vmdk vdi by default
#
# Begins with the corpus in src/test/resources/format/corpus, and keeps what it finds in target/fuzz/FORMAT: what it has
# found before is where it goes on. Fails at the first image that a reader crashes on, hangs on (10 s), takes more
# than 64 MiB for, or reads beside; the image is then target/fuzz/FORMAT.crash-…
set -eu
home=$(cd "$(dirname "$0")/.." && pwd -P)
minutes=${1:-10}
[ $# -eq 0 ] || shift
[ $# -gt 0 ] || set -- qcow2 vhd vhdx vmdk vdi
jazzer=0.30.0 # the only place that names its version
work=$(mktemp -d "${TMPDIR:-/tmp}/imageferry-fuzz.XXXXXX")
trap 'rm -rf "$work"' EXIT INT TERM
"$home/imageferry" version >/dev/null # builds it
JAVA_HOME=$("$home/imageferry" --java-home)
export JAVA_HOME
maven=$("$home/imageferry" --maven)
cat >"$work/pom.xml" <<END
<project>
  <modelVersion>4.0.0</modelVersion>
  <groupId>org.imageferry</groupId>
  <artifactId>fuzz</artifactId>
  <version>1</version>
  <dependencies>
    <dependency><groupId>com.code-intelligence</groupId><artifactId>jazzer</artifactId><version>$jazzer</version></dependency>
  </dependencies>
</project>
END
"$maven" -q -B -f "$work/pom.xml" dependency:build-classpath -Dmdep.outputFile="$work/classpath" </dev/null >&2
path=$home/target/launch/imageferry.jar
mkdir "$work/classes"
"$JAVA_HOME/bin/javac" -cp "$path" -d "$work/classes" "$home"/bench/fuzz/*.java
for format; do
    corpus=$home/target/fuzz/$format
    mkdir -p "$corpus"
    for image in "$home"/src/test/resources/format/corpus/*"$format"-*.gz "$home"/src/test/resources/format/corpus/"$format".gz; do
        [ ! -f "$image" ] || gzip -dc "$image" >"$corpus/$(basename "$image" .gz)"
    done
    echo "fuzz.sh: $format, $minutes minutes" >&2
    nice "$JAVA_HOME/bin/java" -Xmx1g -Dfuzz.format="$format" --enable-native-access=ALL-UNNAMED \
        -cp "$work/classes:$path:$(cat "$work/classpath")" com.code_intelligence.jazzer.Jazzer \
        --target_class=fuzz.FormatTarget '--instrumentation_includes=org.imageferry.format.**' \
        '--custom_hook_excludes=**' -max_total_time=$((minutes * 60)) -timeout=10 -max_len=13000000 -rss_limit_mb=0 \
        -artifact_prefix="$corpus." --reproducer_path="$home/target/fuzz" -print_final_stats=1 "$corpus" >"$work/log" 2>&1 || {
        grep -v '^#' "$work/log" | tail -n 40 >&2
        exit 1
    }
    awk -v format="$format" '/number_of_executed_units/ { printf "%s: %d images, no finding\n", format, $2 }' "$work/log"
done
