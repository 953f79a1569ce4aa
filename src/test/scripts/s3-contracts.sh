#!/bin/sh
# Runs the contracts of regions and disk images against an S3 server of yours. They make and remove buckets of
# their own, named ferry-….
#
#   IMAGEFERRY_TEST_S3=https://s3.example.com IMAGEFERRY_TEST_S3_KEY=… IMAGEFERRY_TEST_S3_SECRET=… src/test/scripts/s3-contracts.sh
set -eu
cd "$(dirname "$0")/../../.."
: "${IMAGEFERRY_TEST_S3:?name the server, such as https://s3.example.com}"
: "${IMAGEFERRY_TEST_S3_KEY:?give an access key}" "${IMAGEFERRY_TEST_S3_SECRET:?give its secret}"
JAVA_HOME=$(./imageferry --java-home)
export JAVA_HOME
exec "$(./imageferry --maven)" -B -Dfast test -Dtest='S3RegionStoreTest,S3BucketsTest' </dev/null
