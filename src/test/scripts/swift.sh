#!/bin/sh
# Runs the contracts of regions and disk images against a real OpenStack Swift with its s3api: one replica of everything,
# in a temporary folder and on loopback only.
#
#   apt-get install --no-install-recommends swift-proxy swift-account swift-container swift-object memcached     (Debian)
#   src/test/scripts/swift.sh
set -eu
here=$(cd "$(dirname "$0")" && pwd)
for program in swift-ring-builder swift-proxy-server swift-account-server swift-container-server swift-object-server memcached; do
    command -v "$program" >/dev/null || { echo "swift.sh: there is no $program: see the packages above" >&2; exit 1; }
done

port=${SWIFT_PORT:-18584}
user=$(id -un)
home=$(mktemp -d)
pids=''
stop() {
    # shellcheck disable=SC2086 # one word each
    [ -z "$pids" ] || kill $pids 2>/dev/null || true
    sleep 1
    rm -rf "$home"
}
trap stop EXIT
trap 'exit 1' INT TERM

mkdir -p "$home/disks/one"
cat >"$home/swift.conf" <<END
[swift-hash]
swift_hash_path_prefix = ferry
swift_hash_path_suffix = ferry

[storage-policy:0]
name = single
default = yes
END

# What all servers' files begin with.
common() { # PORT
    cat <<END
[DEFAULT]
bind_ip = 127.0.0.1
bind_port = $1
workers = 1
user = $user
swift_dir = $home
devices = $home/disks
mount_check = false

END
}

launch() { # KIND
    PYTHONWARNINGS=ignore "swift-$1-server" "$home/$1-server.conf" >"$home/$1.log" 2>&1 &
    pids="$pids $!"
}

echo 'swift.sh: starting Swift' >&2
memcached -u "$user" -l 127.0.0.1 -p $((port + 4)) &
pids=$!
number=0
for kind in account container object; do
    number=$((number + 1))
    ring=$home/$kind.builder
    {
        swift-ring-builder "$ring" create 6 1 1
        swift-ring-builder "$ring" add --region 1 --zone 1 --ip 127.0.0.1 --port $((port + number)) --device one --weight 1
        swift-ring-builder "$ring" rebalance
    } >/dev/null
    {
        common $((port + number))
        printf '[pipeline:main]\npipeline = %s-server\n\n[app:%s-server]\nuse = egg:swift#%s\n' "$kind" "$kind" "$kind"
    } >"$home/$kind-server.conf"
    launch "$kind"
done
{
    common "$port"
    cat <<END
[pipeline:main]
pipeline = catch_errors gatekeeper proxy-logging cache listing_formats bulk s3api tempauth copy slo dlo versioned_writes proxy-logging proxy-server

[app:proxy-server]
use = egg:swift#proxy
account_autocreate = true

[filter:s3api]
use = egg:swift#s3api
location = us-east-1

[filter:tempauth]
use = egg:swift#tempauth
user_ferry_ferry = ferrysecret .admin

[filter:cache]
use = egg:swift#memcache
memcache_servers = 127.0.0.1:$((port + 4))

[filter:versioned_writes]
use = egg:swift#versioned_writes
allow_versioned_writes = true

[filter:proxy-logging]
use = egg:swift#proxy_logging
END
    for filter in catch_errors gatekeeper listing_formats bulk copy slo dlo; do
        printf '\n[filter:%s]\nuse = egg:swift#%s\n' "$filter" "$filter"
    done
} >"$home/proxy-server.conf"
launch proxy

left=60
until curl -s -o /dev/null "http://127.0.0.1:$port"; do
    left=$((left - 1))
    [ "$left" -gt 0 ] || { echo "swift.sh: it did not start: see $home" >&2; trap - EXIT; exit 1; }
    sleep 1
done
export IMAGEFERRY_TEST_S3="http://127.0.0.1:$port" IMAGEFERRY_TEST_S3_KEY=ferry:ferry IMAGEFERRY_TEST_S3_SECRET=ferrysecret
"$here/s3-contracts.sh"
