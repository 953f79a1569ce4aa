#!/bin/sh
# Makes the corpus of the tests and of bench/fuzz.sh with qemu-img: one disk in each format, with all the options that
# change what a reader meets.
#
#   bench/make-corpus.sh [FOLDER]    default: src/test/resources/format/corpus
#
# Needs qemu-img and qemu-io (Debian package qemu-utils); takes a few seconds. What is called odd-… holds something
# else than the disk, or is not to be read at all.
set -eu
home=$(cd "$(dirname "$0")/.." && pwd -P)
out=${1:-$home/src/test/resources/format/corpus}
work=$(mktemp -d "${TMPDIR:-/tmp}/imageferry-corpus.XXXXXX")
trap 'rm -rf "$work"' EXIT INT TERM
mkdir -p "$out"
gzip -dc "$home/src/test/resources/format/disk.raw.gz" >"$work/disk.raw"
cd "$work"

keep() { gzip -9nc "$1" >"$out/$1.gz"; }

# image NAME FORMAT OPTIONS [FLAG]: the disk in that format.
image() {
    qemu-img convert -f raw -O "$2" ${4:+"$4"} -o "$3" disk.raw "$1"
    keep "$1"
}

for size in 512 4k 64k 2M; do
    image "qcow2-cluster-$size" qcow2 "cluster_size=$size"
    image "qcow2-zlib-$size" qcow2 "cluster_size=$size" -c
    image "qcow2-zstd-$size" qcow2 "cluster_size=$size,compression_type=zstd" -c
done
for size in 16k 64k; do
    image "qcow2-extended-$size" qcow2 "extended_l2=on,cluster_size=$size"
    image "qcow2-extended-zstd-$size" qcow2 "extended_l2=on,cluster_size=$size,compression_type=zstd" -c
done
image qcow2-v2 qcow2 compat=0.10
image qcow2-v2-zlib qcow2 compat=0.10,cluster_size=4k -c
image qcow2-refcounts-1 qcow2 refcount_bits=1
image qcow2-refcounts-64 qcow2 refcount_bits=64,lazy_refcounts=on
image qcow2-prealloc-metadata qcow2 preallocation=metadata
image qcow2-prealloc-falloc qcow2 preallocation=falloc
image qcow2-prealloc-full qcow2 preallocation=full
image vhd-dynamic vpc subformat=dynamic,force_size=on
image vhd-fixed vpc subformat=fixed,force_size=on
image vhdx-dynamic vhdx subformat=dynamic,block_size=1M
image vhdx-fixed vhdx subformat=fixed,block_size=1M
image vhdx-log vhdx log_size=2M,block_size=1M
image vhdx-no-zero-state vhdx block_state_zero=off,block_size=2M
image vmdk-sparse vmdk subformat=monolithicSparse
image vmdk-sparse-zeroed vmdk subformat=monolithicSparse,zeroed_grain=on
image vmdk-sparse-ide vmdk subformat=monolithicSparse,adapter_type=lsilogic,hwversion=6
image vmdk-stream vmdk subformat=streamOptimized
image vdi vdi static=off
image vdi-static vdi static=on

# Written to, with a snapshot of what was before.
cp qcow2-zlib-4k odd-qcow2-snapshot
qemu-img snapshot -c before odd-qcow2-snapshot
qemu-io -f qcow2 -c 'write -P 17 100k 3k' -c 'write -z 64k 8k' -c 'discard 128k 16k' odd-qcow2-snapshot >/dev/null
keep odd-qcow2-snapshot
# Left by a program that was killed: its reference counts are dirty.
cp qcow2-refcounts-64 odd-qcow2-dirty
qemu-io -f qcow2 -c 'write -P 18 100k 3k' -c abort odd-qcow2-dirty >/dev/null 2>&1 || true
keep odd-qcow2-dirty
# Reaches outside.
qemu-img create -q -f qcow2 -b disk.raw -F raw odd-qcow2-backing
keep odd-qcow2-backing
qemu-img create -q -f qcow2 -o data_file=data.raw,data_file_raw=on odd-qcow2-data-file 1M
keep odd-qcow2-data-file
qemu-img convert -f raw -O vmdk -o subformat=monolithicFlat disk.raw odd-vmdk-flat
keep odd-vmdk-flat
