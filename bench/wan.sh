#!/bin/sh
# Copies a disk over a slow link with a latency, beside iperf3 and other tools over the same link.
#
#   bench/wan.sh [FOLDER] [WHO…]    a folder with gen1.raw and gen2.raw (default: bench/images, which
#                                   bench/make-images.sh fills); WHO: imageferry, rsync, restic, rclone; default: all
#
# RATE (Mbit/s, 200), DELAY (milliseconds each way, 25) and QUEUE (milliseconds of waiting packets, 100) say how the
# link is. imageferry copies both disks out of a folder into a bucket of an S3 server (s3proxy) at the other end, and
# from there into another folder; each of the others brings gen2.raw to where gen1.raw is already. Takes three minutes
# for imageferry, a minute for rsync and for restic, and four for rclone, which sends the whole disk. Needs root for two network namespaces, a C compiler, iproute2, iperf3 and the peers' programs, and eight
# times the images' data in free space below ${TMPDIR:-/tmp}. Prints Markdown.
set -eu
home=$(cd "$(dirname "$0")/.." && pwd -P)
images=$(cd "${1:-$home/bench/images}" && pwd -P)
[ $# -eq 0 ] || shift
[ $# -gt 0 ] || set -- imageferry rsync restic rclone
rate=${RATE:-200} delay=${DELAY:-25} queue=${QUEUE:-100}
here=ferry-here-$$ there=ferry-there-$$ # namespaces
near=10.77.0.1 far=10.77.0.2
running=''

miss() {
    echo "wan.sh: $1" >&2
    exit 1
}

[ "$(id -u)" -eq 0 ] || miss "only root may make network namespaces: run it as root"
[ -c /dev/net/tun ] || miss "there is no /dev/net/tun: load the module tun"
for program in ip cc iperf3; do
    command -v "$program" >/dev/null || miss "there is no $program: install iproute2, gcc and iperf3"
done
for image in gen1 gen2; do
    [ -f "$images/$image.raw" ] || miss "there is no $images/$image.raw: make it with bench/make-images.sh $images"
done
work=$(mktemp -d "${TMPDIR:-/tmp}/imageferry-wan.XXXXXX")

finish() {
    for process in $running; do
        kill "$process" 2>/dev/null || true
    done
    for process in $running; do
        wait "$process" 2>/dev/null || true
    done
    ip netns delete "$here" 2>/dev/null || true
    ip netns delete "$there" 2>/dev/null || true
    rm -rf "$work"
}
trap finish EXIT
trap 'exit 130' INT TERM

at_here() { ip netns exec "$here" "$@"; }
at_there() { ip netns exec "$there" "$@"; }

await() { # FILE WORD: until the file has the word
    tries=0
    until grep -qs "$2" "$1"; do
        tries=$((tries + 1))
        [ "$tries" -lt 300 ] || miss "no '$2' in $1: $(cat "$1")"
        sleep 0.1
    done
}

await_port() { # PORT at the other end
    tries=0
    until at_there bash -c "exec 3<>/dev/tcp/$far/$1" 2>/dev/null; do
        tries=$((tries + 1))
        [ "$tries" -lt 300 ] || miss "nobody listens on $far:$1"
        sleep 0.1
    done
}

"$home/imageferry" version >/dev/null # builds it
java=$("$home/imageferry" --java-home)/bin/java
maven=$("$home/imageferry" --maven)
"$maven" -q -B -f "$home/src/test/s3proxy/pom.xml" dependency:build-classpath -Dmdep.includeScope=runtime \
    -Dmdep.outputFile="$work/s3proxy.path" </dev/null >&2
cc -O2 -pthread -o "$work/wanlink" "$home/bench/wanlink.c"

ip netns add "$here"
ip netns add "$there"
"$work/wanlink" "$here" "$near/24" "$there" "$far/24" "$rate" "$delay" "$queue" >"$work/link.log" 2>&1 &
running="$running $!"
await "$work/link.log" ready

at_there iperf3 -s --forceflush >"$work/iperf.log" 2>&1 &
running="$running $!"
await "$work/iperf.log" listening
iperf() { # OPTION…: what arrives, in Mbit/s
    at_here iperf3 -c "$far" -t 8 -O 1 -f m "$@" | awk '/receiver/ { print $(NF - 2) }'
}
up=$(iperf)
down=$(iperf -R)

echo "A link of $rate Mbit/s, $delay ms each way; iperf3 brings $up Mbit/s there and $down back."
echo

imageferry() {
    mkdir -p "$work/s3/ferry" "$work/bench"
    cat >"$work/s3proxy.properties" <<END
s3proxy.endpoint=http://$far:9000
s3proxy.authorization=aws-v2-or-v4
s3proxy.identity=bench
s3proxy.credential=bench-secret
jclouds.provider=filesystem-nio2
jclouds.filesystem.basedir=$work/s3
END
    cat >"$work/logback.xml" <<'END'
<configuration>
  <appender name="OUT" class="ch.qos.logback.core.ConsoleAppender"><encoder><pattern>%msg%n</pattern></encoder></appender>
  <logger name="org.gaul.s3proxy.S3ProxyHandler" level="DEBUG"/>
  <root level="WARN"><appender-ref ref="OUT"/></root>
</configuration>
END
    at_there "$java" -Xmx1g -XX:+UseSerialGC -Dlogback.configurationFile="$work/logback.xml" -cp "$(cat "$work/s3proxy.path")" \
        org.gaul.s3proxy.Main --properties "$work/s3proxy.properties" >"$work/s3.log" 2>&1 &
    running="$running $!"
    await_port 9000

    BENCH_S3_KEY=bench BENCH_S3_SECRET=bench-secret at_here "$java" --enable-native-access=ALL-UNNAMED \
        -cp "$home/target/launch/imageferry.jar" "$home/bench/WanBench.java" "$home/imageferry" "$work/bench" \
        "http://$far:9000" ferry "$work/s3.log" "$up" "$down" "$images/gen1.raw" "$images/gen2.raw"
}

# --- Peers ------------------------------------------------------------------------------------------------------

export RESTIC_PASSWORD=bench RESTIC_CACHE_DIR="$work/cache" RCLONE_CONFIG=/dev/null
sent() { at_here awk '/wan:/ { printf "%.0f", $2 + $10 }' /proc/net/dev; }

timed() { # NAME COMMAND…: runs it at this end and prints a row
    name=$1
    shift
    sync
    bytes=$(sent)
    begin=$(date +%s%N)
    at_here "$@" >"$work/peer.log" 2>&1 || miss "$name failed: $(tail -3 "$work/peer.log")"
    end=$(date +%s%N)
    awk "BEGIN { printf \"| $name | %.1f s | %.0f MiB |\\n\", ($end - $begin) / 1e9, ($(sent) - $bytes) / 1048576 }"
}

peer_rsync() {
    mkdir "$work/rsync"
    cp --sparse=always "$images/gen1.raw" "$work/rsync/disk.raw"
    touch -d @1 "$work/rsync/disk.raw"
    printf 'use chroot = no\nuid = 0\ngid = 0\n[disks]\npath = %s\nread only = no\n' "$work/rsync" >"$work/rsyncd.conf"
    at_there rsync --daemon --no-detach --address "$far" --port 9001 --config "$work/rsyncd.conf" &
    running="$running $!"
    await_port 9001
    timed 'rsync -z, zstd' rsync -S --inplace --no-whole-file -z --compress-choice=zstd --compress-level=1 \
        "$images/gen2.raw" "rsync://$far:9001/disks/disk.raw"
    cmp "$images/gen2.raw" "$work/rsync/disk.raw"
}

peer_restic() {
    for generation in gen1 gen2; do
        [ -d "$work/restic-here" ] || restic -q init --repository-version 2 -r "$work/restic-here" >/dev/null
        restic -q -r "$work/restic-here" backup --tag "$generation" "$images/$generation.raw" >/dev/null
    done
    restic -q init --repository-version 2 -r "$work/restic-there" --copy-chunker-params \
        --from-repo "$work/restic-here" --from-password-command 'echo bench' >/dev/null
    restic -q -r "$work/restic-there" copy --from-repo "$work/restic-here" --from-password-command 'echo bench' \
        --tag gen1 >/dev/null
    at_there rclone serve restic --addr "$far:9002" "$work/restic-there" >/dev/null 2>&1 &
    running="$running $!"
    await_port 9002
    timed 'restic copy' restic -r "rest:http://$far:9002/" copy --from-repo "$work/restic-here" \
        --from-password-command 'echo bench' --tag gen2
}

peer_rclone() {
    mkdir "$work/rclone"
    at_there rclone serve webdav --addr "$far:9003" "$work/rclone" >/dev/null 2>&1 &
    running="$running $!"
    await_port 9003
    timed 'rclone copyto' rclone copyto "$images/gen2.raw" ":webdav,url='http://$far:9003':disk.raw"
}

heading() {
    echo
    echo '| gen2.raw to where gen1.raw is | time | on the link, both ways |'
    echo '|---|--:|--:|'
}

headed=no
for who in "$@"; do
    case $who in
    imageferry) imageferry ;;
    rsync | restic | rclone)
        command -v "$who" >/dev/null || miss "there is no $who: install it, or leave it out"
        [ "$headed" = yes ] || heading
        headed=yes
        "peer_$who"
        ;;
    *) miss "'$who' is none of imageferry, rsync, restic and rclone" ;;
    esac
done
