#!/usr/bin/env bash
# Makes disk images with a history, as golden images have one, for bench/copy.sh:
#
#   bench/make-images.sh [FOLDER]    needs root on Debian, 8 GB of disk and a few minutes
#
#   gen1.raw     a Debian server as released, on a disk of 4 GiB
#   gen2.raw     the same disk after its security updates and some installations, in place
#   gen3.raw     the same disk after a day of small changes
#   rebuilt.raw  the files of gen3, put on a fresh disk by another build: nothing is where it was
#   sparse.raw   20 GiB, nearly all of it holes
#
# FIRST_PACKAGES and LATER_PACKAGES (lists with blanks between) say what is installed at first and later, SUITE which
# Debian. What is there already is not made again. The packages are the mirror's of the day, so compare times only
# within one run of bench/copy.sh.
set -euo pipefail

fail() {
    echo "make-images: $*" >&2
    exit 1
}

[ -f /etc/debian_version ] && command -v apt-get >/dev/null ||
    fail "this installs Debian packages into disk images, and here is no apt: run it on a Debian, or in a container of one"
[ "$(id -u)" -eq 0 ] || fail "this mounts disk images: run it as root"

images=${1:-$(cd "$(dirname "$0")" && pwd -P)/images}
suite=${SUITE:-bookworm}
first_packages=${FIRST_PACKAGES:-linux-image-cloud-amd64 systemd-sysv udev openssh-server ca-certificates curl \
iproute2 python3 perl nginx-light postgresql openjdk-17-jre-headless vim-tiny less procps rsyslog cron}
later_packages=${LATER_PACKAGES:-git redis-server tmux jq}
disk_bytes=$((4 << 30))
align_bytes=$((1 << 20))
shifted_bytes=$((align_bytes + (68 << 10))) # 4 KiB pages keep their alignment, nothing larger does
export DEBIAN_FRONTEND=noninteractive LC_ALL=C SOURCE_DATE_EPOCH=1700000000 E2FSPROGS_FAKE_TIME=1700000000

mkdir -p "$images"
images=$(cd "$images" && pwd -P)
work=$(mktemp -d "$images/.work.XXXXXX")
tree=$work/tree
mounted=$work/mounted
mkdir "$tree" "$mounted"

leave() {
    for folder in "$mounted/proc" "$mounted/dev" "$mounted"; do
        ! mountpoint -q "$folder" || umount "$folder" || umount --lazy "$folder"
    done
    rm -rf --one-file-system "$work"
}
trap leave EXIT
trap 'exit 130' INT TERM

need() { # COMMAND PACKAGE
    command -v "$1" >/dev/null || apt-get -qq -y install --no-install-recommends "$2" >/dev/null ||
        fail "there is no $1, and apt could not install $2: mend what it says above"
}

# The mirror that this machine uses itself, without its updates.
mirror() {
    cat /etc/apt/sources.list /etc/apt/sources.list.d/* 2>/dev/null |
        sed -n 's/^URIs: *//p; s/^deb \(\[[^]]*] \)\{0,1\}\(http[^ ]*\).*/\2/p' |
        grep -v -e security -e updates | head -n 1
}

# lay_out IMAGE OFFSET FOLDER UUID: a disk with one partition, whose file system is made of the folder's files.
lay_out() {
    truncate -s "$disk_bytes" "$1"
    printf 'label: dos\nlabel-id: 0x1f33e77a\nstart=%d, type=83, bootable\n' $(($2 / 512)) | sfdisk -q "$1"
    mke2fs -q -t ext4 -b 4096 -L root -U "$4" -E "offset=$2,hash_seed=$4,root_owner=0:0" -d "$3" "$1" \
        $(((disk_bytes - $2) / 4096))
}

# change IMAGE FROM CHANGE: the disk FROM as the function CHANGE leaves it, at the same places.
change() {
    cp --sparse=always "$2" "$work/disk"
    mount -o "loop,offset=$align_bytes,noatime" "$work/disk" "$mounted" ||
        fail "a disk image can't be mounted here: containers need --privileged for that"
    "$3"
    sync -f "$mounted"
    umount "$mounted"
    mv "$work/disk" "$1"
}

inside() {
    chroot "$mounted" /usr/bin/env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/root LC_ALL=C \
        DEBIAN_FRONTEND=noninteractive "$@"
}

update() {
    mount -t proc proc "$mounted/proc"
    mount --bind /dev "$mounted/dev"
    cp /etc/resolv.conf /etc/hosts "$mounted/etc/"
    cp -r /etc/apt/sources.list* "$mounted/etc/apt/"
    printf '#!/bin/sh\nexit 101\n' >"$mounted/usr/sbin/policy-rc.d" # no service starts in there
    chmod +x "$mounted/usr/sbin/policy-rc.d"
    {
        inside apt-get -qq update
        inside apt-get -qq -y dist-upgrade
        # shellcheck disable=SC2086 # a list of words
        inside apt-get -qq -y install --no-install-recommends $later_packages
    } >"$work/apt.log" 2>&1 || {
        tail -n 20 "$work/apt.log" >&2
        fail "apt failed inside the image"
    }
    rm "$mounted/usr/sbin/policy-rc.d"
    umount "$mounted/dev" "$mounted/proc"
}

live_a_day() {
    echo ferry-bench >"$mounted/etc/hostname"
    inside useradd -m -s /bin/bash deploy
    [ ! -f "$mounted/etc/nginx/nginx.conf" ] ||
        sed -i 's/worker_connections .*/worker_connections 4096;/' "$mounted/etc/nginx/nginx.conf"
    mkdir -p "$mounted/srv/app" "$mounted/var/log"
    for i in $(seq 200); do
        printf 'name: item-%d\nweight: %d\n' "$i" $((i * 7919)) >"$mounted/srv/app/$i.yaml"
    done
    seq -f '2026-11-21T10:00:00Z app[%.0f]: GET /index.html from 192.0.2.17 answered with 200' 150000 \
        >"$mounted/var/log/app.log"
    gzip -9nc "$mounted/var/log/dpkg.log" >"$mounted/var/log/dpkg.log.1.gz"
    : >"$mounted/var/log/dpkg.log"
}

rebuild() {
    lay_out "$work/rebuilt" "$shifted_bytes" "$mounted" 2d9a60cb-3d0a-4ae4-8f53-1c1f0fe20002
}

made() {
    echo "make-images: $1.raw, $(du -m "$images/$1.raw" | cut -f 1) MiB of data" >&2
}

need mmdebstrap mmdebstrap
need mke2fs e2fsprogs
need sfdisk fdisk
if [ ! -f "$images/gen1.raw" ]; then
    rmdir "$tree"
    mmdebstrap --quiet --variant=important --include="${first_packages// /,}" "$suite" "$tree" "$(mirror)" >&2
    lay_out "$work/gen1" "$align_bytes" "$tree" 2d9a60cb-3d0a-4ae4-8f53-1c1f0fe20001
    mv "$work/gen1" "$images/gen1.raw"
    rm -rf --one-file-system "$tree"
    made gen1
fi
if [ ! -f "$images/gen2.raw" ]; then
    change "$images/gen2.raw" "$images/gen1.raw" update
    made gen2
fi
if [ ! -f "$images/gen3.raw" ]; then
    change "$images/gen3.raw" "$images/gen2.raw" live_a_day
    made gen3
fi
if [ ! -f "$images/rebuilt.raw" ]; then
    change "$work/gen3" "$images/gen3.raw" rebuild
    mv "$work/rebuilt" "$images/rebuilt.raw"
    made rebuilt
fi
if [ ! -f "$images/sparse.raw" ]; then
    mkdir -p "$work/few"
    head -c 64M /dev/urandom >"$work/few/blob"
    truncate -s 20G "$work/sparse"
    mke2fs -q -t ext4 -d "$work/few" "$work/sparse"
    mv "$work/sparse" "$images/sparse.raw"
    made sparse
fi
