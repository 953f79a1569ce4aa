#!/bin/bash
# Makes three generations of a 4 GiB disk for the benchmarks, from real packages.
#
#   bench/make-images.sh [FOLDER]    default: bench/images; root on Debian, about 6 GiB, a few minutes
#
# gen1.raw  a Debian server, one ext4 partition at 1 MiB, laid out by mke2fs -d
# gen2.raw  gen1 after `apt dist-upgrade` and some installs, in place, as in a VM
# gen3.raw  gen2 after one day: configuration, logs, a user, small files
# The packages' bytes follow the mirror's day; all else is fixed.
set -euo pipefail
[ "$(id -u)" -eq 0 ] && [ -f /etc/debian_version ] || {
    echo "make-images: needs root on Debian, for it mounts images and runs apt in them" >&2
    exit 1
}
here=$(cd "$(dirname "$0")" && pwd -P)
mkdir -p "${1:-$here/images}"
out=$(cd "${1:-$here/images}" && pwd -P)
suite=${SUITE:-bookworm}
seed=linux-image-cloud-amd64,systemd-sysv,udev,openssh-server,ca-certificates,curl,iproute2,python3,perl,nginx-light
seed=$seed,postgresql,openjdk-17-jre-headless,vim-tiny,less,procps,rsyslog,cron
start=1048576 size=$((4 << 30)) uuid=6a1f0f0e-0001-4000-8000-000000000001
export DEBIAN_FRONTEND=noninteractive LC_ALL=C SOURCE_DATE_EPOCH=1700000000 E2FSPROGS_FAKE_TIME=1700000000
root=$out/.root mount=$out/.mount

need() { command -v "$1" >/dev/null || apt-get -qq -y install --no-install-recommends "$2" >/dev/null; }
need mmdebstrap mmdebstrap
need mke2fs e2fsprogs
need sfdisk fdisk

mirror() { # the host's own
    { sed -n 's/^URIs: *//p' /etc/apt/sources.list.d/debian.sources 2>/dev/null || true
      sed -n 's/^deb \(\[[^]]*\] \)\?\(http[^ ]*\).*/\2/p' /etc/apt/sources.list 2>/dev/null || true
    } | grep -v -e security -e updates | head -n 1
}
attach() { mkdir -p "$mount" && mount -o "loop,offset=$start,noatime" "$1" "$mount"; }
detach() {
    umount "$mount/dev" "$mount/proc" 2>/dev/null || true
    umount "$mount" 2>/dev/null || true
}
inside() { chroot "$mount" /usr/bin/env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/root LC_ALL=C DEBIAN_FRONTEND=noninteractive "$@"; }
trap 'detach; rm -rf "$root" "$mount"' EXIT

if [ ! -s "$out/gen1.raw" ]; then
    rm -rf "$root"
    mmdebstrap -q --variant=important --include="$seed" --components=main "$suite" "$root" "$(mirror)" >/dev/null
    truncate -s $size "$out/gen1.part"
    printf 'label: dos\nlabel-id: 0x11223344\nstart=%d, type=83, bootable\n' $((start / 512)) | sfdisk -q "$out/gen1.part"
    mke2fs -q -t ext4 -b 4096 -m 1 -U $uuid -E "offset=$start,hash_seed=$uuid,lazy_itable_init=0,root_owner=0:0" \
        -d "$root" "$out/gen1.part" $(((size - start) / 4096)) 2>/dev/null
    mv "$out/gen1.part" "$out/gen1.raw"
fi
if [ ! -s "$out/gen2.raw" ]; then
    cp --sparse=always "$out/gen1.raw" "$out/gen2.part"
    attach "$out/gen2.part"
    mount -t proc proc "$mount/proc"
    mount --bind /dev "$mount/dev"
    cp /etc/resolv.conf /etc/hosts "$mount/etc/"
    cp -r /etc/apt/sources.list* "$mount/etc/apt/"
    printf '#!/bin/sh\nexit 101\n' >"$mount/usr/sbin/policy-rc.d"
    chmod +x "$mount/usr/sbin/policy-rc.d"
    inside apt-get -qq update
    inside apt-get -qq -y dist-upgrade >/dev/null
    inside apt-get -qq -y install --no-install-recommends git redis-server tmux jq >/dev/null
    rm -f "$mount/usr/sbin/policy-rc.d"
    detach
    mv "$out/gen2.part" "$out/gen2.raw"
fi
if [ ! -s "$out/gen3.raw" ]; then
    cp --sparse=always "$out/gen2.raw" "$out/gen3.part"
    attach "$out/gen3.part"
    echo bench-host >"$mount/etc/hostname"
    sed -i 's/worker_connections .*/worker_connections 4096;/' "$mount/etc/nginx/nginx.conf"
    inside useradd -m -s /bin/bash deploy
    mkdir -p "$mount/srv/app"
    for i in $(seq 200); do printf 'key%d: value-%d\n' "$i" $((i * 7919)) >"$mount/srv/app/conf-$i.yaml"; done
    seq -f 'Nov 14 22:13:20 bench-host sshd[%.0f]: Accepted publickey for deploy from 192.0.2.17' 60000 >>"$mount/var/log/auth.log"
    seq -f '192.0.2.%.0f - - "GET /index.html HTTP/1.1" 200 612 "-" "curl/7.88.1"' 100000 >"$mount/var/log/nginx/access.log"
    detach
    mv "$out/gen3.part" "$out/gen3.raw"
fi
ls -ls --block-size=M "$out"
