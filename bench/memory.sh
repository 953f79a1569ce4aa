#!/bin/sh
# Peak resident memory of the server while an image of 20 GiB with 10 GiB of data is imported and copied, and the
# time from start to ready on the folder that then has them.
#
#   bench/memory.sh [GIB_OF_DATA]    10 by default; needs about three times that in free space below ${TMPDIR:-/tmp}
set -eu
home=$(cd "$(dirname "$0")/.." && pwd -P)
data=${1:-10}
work=$(mktemp -d "${TMPDIR:-/tmp}/imageferry-bench.XXXXXX")
server=
trap '[ -z "$server" ] || kill "$server" 2>/dev/null; rm -rf "$work"' EXIT INT TERM
ferry() { "$home/imageferry" "$@" --data "$work/data"; }

# serve: starts a server, waits until it is ready, and sets IMAGEFERRY_ENDPOINT.
serve() {
    : >"$work/ready"
    "$home/imageferry" serve --data "$work/data" --listen 127.0.0.1:0 >"$work/ready" 2>"$work/log" &
    server=$!
    until grep -q http "$work/ready"; do sleep 0.01; done
    IMAGEFERRY_ENDPOINT=$(sed -n '1s/.*http/http/p' "$work/ready")
    export IMAGEFERRY_ENDPOINT
}

"$home/imageferry" version >/dev/null # builds it
# Half of it repeats in part, as files do; half does not compress.
truncate -s 20G "$work/disk.raw"
i=0
while [ "$i" -lt "$data" ]; do
    head -c 512M /dev/urandom | dd of="$work/disk.raw" bs=1M seek=$((i * 2048)) conv=notrunc status=none
    head -c 384M /dev/urandom | base64 -w 100 | head -c 512M |
        dd of="$work/disk.raw" bs=1M seek=$((i * 2048 + 700)) conv=notrunc status=none
    i=$((i + 1))
done
serve
ferry import "$work/disk.raw" --region cn-hangzhou --name memory -o json >"$work/import.json"
image=$(sed -n 's/.*"ImageId" : "\(m-[a-z0-9]*\)".*/\1/p' "$work/import.json" | head -n 1)
ferry copy "$image" --from cn-hangzhou --to cn-shanghai >/dev/null
printf 'peak resident memory of the server: '
awk '/VmHWM/ { printf "%d MiB\n", $2 / 1024 }' "/proc/$server/status"
kill "$server"
wait "$server" || true
for run in 1 2 3 4 5; do
    start=$(date +%s%N)
    serve
    printf 'start %s to ready: %d ms\n' "$run" $((($(date +%s%N) - start) / 1000000))
    kill "$server"
    wait "$server" || true
done
server=
