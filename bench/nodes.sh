#!/bin/sh
# Copies one disk on one, two and three nodes whose stores are limited per node, and tells how much faster
# more nodes are.
#
#   bench/nodes.sh [GIB] [MIB] [RATE]    a disk of so many GiB (default 20) with so many MiB of data in each
#                                        (default 48), and so many MiB a second to each node's stores (default 40)
#
# Needs PostgreSQL's programs, as Debian's package postgresql has them, and four times the data in free space
# below ${TMPDIR:-/tmp}. Takes three minutes. Prints Markdown, and draws docs/performance/nodes.svg, or nodes.svg in the
# folder that OUT names.
set -eu
home=$(cd "$(dirname "$0")/.." && pwd -P)
gib=${1:-20} mib=${2:-48} rate=${3:-40}
out=${OUT:-$home/docs/performance}
work=$(mktemp -d "${TMPDIR:-/tmp}/imageferry-nodes.XXXXXX")
programs=$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | tail -1)
PATH=${programs:+$programs:}$PATH
command -v initdb >/dev/null || {
    echo "nodes.sh: there is no PostgreSQL here: install the package postgresql" >&2
    exit 1
}
nodes=''

# PostgreSQL does not run as root.
database() {
    if [ "$(id -u)" -eq 0 ]; then
        runuser -u postgres -- "$@"
    else
        "$@"
    fi
}

stop_nodes() {
    for node in $nodes; do
        kill "$node" 2>/dev/null || true
    done
    for node in $nodes; do
        wait "$node" 2>/dev/null || true
    done
    nodes=''
}

finish() {
    stop_nodes
    database "$(command -v pg_ctl)" -D "$work/postgres" -m immediate stop >/dev/null 2>&1 || true
    rm -rf "$work"
}
trap finish EXIT
trap 'exit 130' INT TERM

"$home/imageferry" version >/dev/null # builds it
chmod 755 "$work"
mkdir "$work/postgres"
[ "$(id -u)" -ne 0 ] || chown postgres "$work/postgres"
port=$(($$ % 20000 + 20000))
database "$(command -v initdb)" -D "$work/postgres" -A trust -U ferry >/dev/null
database "$(command -v pg_ctl)" -D "$work/postgres" -w -l "$work/postgres/log" \
    -o "-p $port -c listen_addresses=127.0.0.1 -c unix_socket_directories=$work/postgres" start >/dev/null

truncate -s "${gib}G" "$work/disk.raw"
part=0
while [ "$part" -lt "$gib" ]; do
    dd if=/dev/urandom of="$work/disk.raw" bs=1M count="$mib" seek=$((part * 1024)) conv=notrunc status=none
    part=$((part + 1))
done

field() { # NAME: its value in the JSON that comes in
    sed -n "s/.*\"$1\" *: *\"\\([^\"]*\\)\".*/\\1/p" | head -1
}

start_node() { # NUMBER FOLDER
    "$home/imageferry" serve --config "$2/settings.yaml" --data "$2/node-$1" --listen 127.0.0.1:0 \
        >"$2/node-$1.out" 2>"$2/node-$1.log" &
    nodes="$nodes $!"
    tries=0
    until grep -qs 'serving on' "$2/node-$1.out"; do
        tries=$((tries + 1))
        [ "$tries" -lt 600 ] || {
            cat "$2/node-$1.log" >&2
            exit 1
        }
        sleep 0.1
    done
}

copy_on() { # COUNT: prints the milliseconds that one copy takes
    folder=$work/fleet-$1
    mkdir -p "$folder/buckets"
    database psql -q -h 127.0.0.1 -p "$port" -U ferry -d postgres -c "create database fleet$1" >/dev/null
    cat >"$folder/settings.yaml" <<EOF
catalog: postgresql://ferry@127.0.0.1:$port/fleet$1
buckets: $folder/buckets
regions:
  - id: cn-hangzhou
    folder: $folder/cn-hangzhou
  - id: cn-shanghai
    folder: $folder/cn-shanghai
    bandwidth-mib: $rate
EOF
    start_node 1 "$folder"
    number=2
    while [ "$number" -le "$1" ]; do
        mkdir -p "$folder/node-$number"
        cp -p "$folder/node-1/master.key" "$folder/node-$number/"
        start_node "$number" "$folder"
        number=$((number + 1))
    done
    endpoint=$(sed -n 's/.*serving on //p' "$folder/node-1.out")
    ferry() {
        "$home/imageferry" "$@" --endpoint "$endpoint" --data "$folder/node-1" -o json 2>/dev/null
    }
    image=$(ferry import "$work/disk.raw" --region cn-hangzhou --name golden | field ImageId)
    copy=$(ferry copy "$image" --from cn-hangzhou --to cn-shanghai | field ImageId)
    detail=$(ferry show "$copy" --region cn-shanghai | tr ',' '\n')
    from=$(echo "$detail" | grep '\.[0-9]*Z' | field CreationTime) # the task's, which has milliseconds
    to=$(echo "$detail" | field EndTime)
    [ -n "$from" ] && [ -n "$to" ] || {
        echo "nodes.sh: the copy has not ended: $detail" >&2
        exit 1
    }
    echo $(($(date -d "$to" +%s%3N) - $(date -d "$from" +%s%3N)))
    stop_nodes >&2
    rm -rf "$folder"
}

draw() { # lines of nodes, seconds and times as fast as one: bars, with a line where each node would add one
    cat <<'END'
<svg xmlns="http://www.w3.org/2000/svg" width="560" height="160" viewBox="0 0 560 160" role="img" aria-label="Times as fast as one node">
<style>
text { font: 12px system-ui, sans-serif; fill: #24292f }
.title { font-size: 15px; font-weight: 600 } .axis { fill: #59636e }
.page { fill: #ffffff } .grid { stroke: #d1d9e0 } .bar { fill: #0969da }
@media (prefers-color-scheme: dark) {
text { fill: #e6edf3 } .axis { fill: #9198a1 } .page { fill: #0d1117 } .grid { stroke: #30363d } .bar { fill: #4493f8 }
}
</style>
<rect class="page" width="560" height="160"/>
<text class="title" x="12" y="24">Times as fast as one node</text>
END
    awk '
        function x(times) { return 80 + times * 120 }
        BEGIN {
            for (i = 1; i <= 3; i++) {
                printf "<line class=\"grid\" x1=\"%d\" x2=\"%d\" y1=\"56\" y2=\"150\"/>\n", x(i), x(i)
                printf "<text class=\"axis\" text-anchor=\"middle\" x=\"%d\" y=\"50\">%d</text>\n", x(i), i
            }
        }
        {
            y = 30 + NR * 30
            printf "<text x=\"12\" y=\"%d\">%d %s</text>\n", y + 16, $1, ($1 > 1 ? "nodes" : "node")
            printf "<rect class=\"bar\" x=\"80\" y=\"%d\" width=\"%.1f\" height=\"20\" rx=\"2\"/>\n", y + 2, $3 * 120
            printf "<text x=\"%.1f\" y=\"%d\">%.2f, %.1f s</text>\n", x($3) + 6, y + 16, $3, $2
        }
        END { print "</svg>" }'
}

echo "| nodes | seconds | times as fast as one |"
echo "|---|--:|--:|"
for count in 1 2 3; do
    millis=$(copy_on "$count")
    [ "$count" -ne 1 ] || alone=$millis
    awk "BEGIN { printf \"%d %.1f %.2f\\n\", $count, $millis / 1000, $alone / $millis }" >>"$work/results"
    awk 'END { print "| " $1 " | " $2 " | " $3 " |" }' "$work/results"
done
draw <"$work/results" >"$out/nodes.svg"
