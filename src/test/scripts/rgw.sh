#!/bin/sh
# Runs the contracts of regions and disk images against a real Ceph RADOS gateway: one monitor, one manager, one OSD on
# a file and one gateway, in a temporary folder and on loopback only. It takes a minute to start and half a GiB of memory.
#
#   apt-get install --no-install-recommends ceph-mon ceph-osd ceph-mgr radosgw ceph-common     (Debian; then as root)
#   src/test/scripts/rgw.sh
set -eu
here=$(cd "$(dirname "$0")" && pwd)
for program in ceph ceph-mon ceph-mgr ceph-osd radosgw radosgw-admin monmaptool ceph-authtool; do
    command -v "$program" >/dev/null || { echo "rgw.sh: there is no $program: see the packages above" >&2; exit 1; }
done

port=${RGW_PORT:-18484}
home=$(mktemp -d)
conf=$home/ceph.conf
keys=$home/keyring
stop() {
    for pid in "$home"/*.pid; do
        [ ! -f "$pid" ] || kill "$(cat "$pid")" 2>/dev/null || true
    done
    sleep 2
    rm -rf "$home"
}
trap stop EXIT
trap 'exit 1' INT TERM

cluster=$(cat /proc/sys/kernel/random/uuid)
monitor="[v2:127.0.0.1:$((port + 1)),v1:127.0.0.1:$((port + 2))]"
mkdir "$home/mon" "$home/mgr" "$home/osd" "$home/rgw"
cat >"$conf" <<END
[global]
fsid = $cluster
mon_host = $monitor
mon_initial_members = a
public_addr = 127.0.0.1
cluster_addr = 127.0.0.1
keyring = $keys
run_dir = $home
admin_socket = $home/\$name.asok
log_file = $home/\$name.log
pid_file = $home/\$name.pid
# One copy of everything is enough for tests.
osd_pool_default_size = 1
osd_pool_default_min_size = 1
osd_pool_default_pg_num = 8
osd_crush_chooseleaf_type = 0
mon_allow_pool_size_one = true

[mon.a]
mon_data = $home/mon

[mgr.x]
mgr_data = $home/mgr

[osd.0]
osd_data = $home/osd
bluestore_block_size = 8589934592
bluestore_block_create = true
osd_memory_target = 939524096

[client.rgw.a]
rgw_data = $home/rgw
rgw_frontends = beast endpoint=127.0.0.1:$port
END

key() { # NAME CAPABILITY…
    name=$1
    shift
    ceph-authtool "$keys" --gen-key -n "$name" "$@" >/dev/null
}
ceph-authtool "$keys" --create-keyring >/dev/null
key mon. --cap mon 'allow *'
key client.admin --cap mon 'allow *' --cap mgr 'allow *' --cap osd 'allow *'
key mgr.x --cap mon 'allow profile mgr' --cap osd 'allow *'
key osd.0 --cap mon 'allow profile osd' --cap mgr 'allow profile osd' --cap osd 'allow *'
key client.rgw.a --cap mon 'allow rw' --cap mgr 'allow rw' --cap osd 'allow rwx'

echo 'rgw.sh: starting Ceph' >&2
monmaptool --create --fsid "$cluster" --addv a "$monitor" "$home/monmap" >/dev/null
ceph-mon -c "$conf" --mkfs -i a --monmap "$home/monmap" --keyring "$keys"
ceph-mon -c "$conf" -i a
ceph -c "$conf" auth import -i "$keys" 2>/dev/null
ceph-mgr -c "$conf" -i x
disk=$(cat /proc/sys/kernel/random/uuid)
ceph -c "$conf" osd new "$disk" 0 >/dev/null
ceph-osd -c "$conf" -i 0 --mkfs --osd-uuid "$disk" 2>/dev/null
ceph-osd -c "$conf" -i 0 2>/dev/null

await() { # SECONDS WHAT COMMAND…
    left=$1 what=$2
    shift 2
    until "$@" >/dev/null 2>&1; do
        left=$((left - 1))
        [ "$left" -gt 0 ] || { echo "rgw.sh: $what did not come: see $home" >&2; trap - EXIT; exit 1; }
        sleep 1
    done
}
osd_is_up() { ceph -c "$conf" osd stat | grep -q '1 up'; }
await 60 'the OSD' osd_is_up
radosgw -c "$conf" -n client.rgw.a
await 120 'the gateway' curl -s -o /dev/null "http://127.0.0.1:$port"
radosgw-admin -c "$conf" user create --uid=ferry --display-name=ferry --access-key=ferry --secret-key=ferrysecret >/dev/null

export IMAGEFERRY_TEST_S3="http://127.0.0.1:$port" IMAGEFERRY_TEST_S3_KEY=ferry IMAGEFERRY_TEST_S3_SECRET=ferrysecret
radosgw --version >&2
"$here/s3-contracts.sh"
