#!/bin/sh
# Lets a fleet work off a long queue in virtual time, with the engine's own queue, claims and commits, and tells the
# throughput, how long who waited, and what the catalog had to do.
#
#   bench/fleet.sh [REGIONS] [SITES] [NODES] [COPIES]    default: 1000 10 100 100000
#
# Regions and nodes are spread over the sites, for a node has at most a hundred regions. What comes out does not depend
# on how fast the machine is, nor on what else runs. Takes about 8 milliseconds for each copy, more with more nodes to
# a site, so a quarter of an hour as it is, and up to 4 GiB of memory. Prints Markdown.
set -eu
home=$(cd "$(dirname "$0")/.." && pwd -P)
work=$(mktemp -d "${TMPDIR:-/tmp}/imageferry-fleet.XXXXXX")
trap 'rm -rf "$work"' EXIT INT TERM
"$home/imageferry" version >/dev/null # builds it, and the tests' classes
JAVA_HOME=$("$home/imageferry" --java-home)
export JAVA_HOME
maven=$("$home/imageferry" --maven)
(cd "$home" && "$maven" -q -B test-compile dependency:build-classpath -Dfast -Dmdep.outputFile="$work/classpath" </dev/null >&2)
"$JAVA_HOME/bin/java" -Xmx4g -Dimageferry.log=OFF --enable-native-access=ALL-UNNAMED \
    -cp "$home/target/classes:$home/target/test-classes:$(cat "$work/classpath")" \
    org.imageferry.copy.FleetSimulationTest "${1:-1000}" "${2:-10}" "${3:-100}" "${4:-100000}"
