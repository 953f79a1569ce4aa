#!/bin/sh
# Runs on PostgreSQL and a bucket what `./verify` runs on SQLite and folders: the contracts, the simulations and all
# tests of the engine, the vendor's clients, the races.
#
#   src/test/scripts/fleet.sh [-Dseeds=N]
set -eu
cd "$(dirname "$0")/../../.."
JAVA_HOME=$(./imageferry --java-home)
export JAVA_HOME
contracts='PostgresCatalogTest,S3RegionStoreTest,S3BucketsTest'
engine='org.imageferry.copy.*Test'
wire='VendorClientsTest,VendorErrorsTest,SignaturesTest,NodeClientsTest,RaceTest,MixedCallsTest'
exec "$(./imageferry --maven)" -B -ntp -Dfast test -Dseeds=300 "$@" -Dtest="$contracts,$engine,$wire" \
    -Dimageferry.test.catalog=postgresql -Dimageferry.test.store=s3 </dev/null
