#!/bin/sh
# Runs imageferry and its peers on the same generations of a disk, in one run.
#
#   bench/peers.sh [FOLDER] [RUNS] [TOOLS]
#
#   FOLDER  with gen1.raw, gen2.raw, gen3.raw and rebuilt.raw (default: bench/images; bench/make-images.sh makes it)
#   RUNS    counted ones, 5 by default; of casync and Glance half as many
#   TOOLS   those of qemu-img,rsync,rclone,restic,borg,casync,glance-api to run beside cp and imageferry
#           (default: all)
#
# Prints tables in Markdown; draws docs/performance/peers.svg and keeps each single result beside it in peers.tsv, or
# in the folder that OUT names. Peers that are missing are installed by apt when root runs this on Debian, else left
# out, with a line. With the disks of 4 GiB it takes about 50 minutes, of which cp and imageferry take four, and up
# to 45 GiB below ${TMPDIR:-/tmp}.
set -eu
home=$(cd "$(dirname "$0")/.." && pwd -P)
images=${1:-$home/bench/images}
runs=${2:-5}
tools=${3:-}
out=${OUT:-$home/docs/performance}
work=$(mktemp -d "${TMPDIR:-/tmp}/imageferry-peers.XXXXXX")
trap 'rm -rf "$work"' EXIT INT TERM

for image in gen1 gen2 gen3 rebuilt; do
    [ -f "$images/$image.raw" ] || {
        echo "peers.sh: there is no $images/$image.raw: make it with bench/make-images.sh $images" >&2
        exit 1
    }
done

# need PROGRAM PACKAGE: installs it, where we may.
need() {
    ! PATH=$PATH:/usr/bin command -v "$1" >/dev/null 2>&1 || return 0
    if [ "$(id -u)" -ne 0 ] || [ ! -f /etc/debian_version ]; then
        echo "peers.sh: there is no $1 here (Debian package $2)" >&2
        return 0
    fi
    echo "peers.sh: installing the Debian package $2" >&2
    # Nothing is started: policy-rc.d says so to all packages that have a service.
    policy=
    if [ ! -e /usr/sbin/policy-rc.d ]; then
        policy=/usr/sbin/policy-rc.d
        printf '#!/bin/sh\nexit 101\n' >"$policy"
        chmod +x "$policy"
    fi
    { apt-get -o DPkg::Lock::Timeout=600 -qq update &&
        DEBIAN_FRONTEND=noninteractive apt-get -o DPkg::Lock::Timeout=600 -qq -y install --no-install-recommends "$2"; } \
        >"$work/apt.log" 2>&1 </dev/null ||
        echo "peers.sh: apt could not install $2: $(tail -n 1 "$work/apt.log")" >&2
    [ -z "$policy" ] || rm -f "$policy"
}
need time time
while read -r program package; do
    case ",${tools:-$program}," in *",$program,"*) need "$program" "$package" ;; esac
done <<END
qemu-img qemu-utils
rsync rsync
rclone rclone
restic restic
borg borgbackup
casync casync
glance-api glance-api
END

export LC_ALL=C RCLONE_CONFIG=/dev/null
export RESTIC_PASSWORD=bench RESTIC_FROM_PASSWORD=bench RESTIC_CACHE_DIR="$work/cache/restic"
export BORG_BASE_DIR="$work/cache/borg" BORG_UNKNOWN_UNENCRYPTED_REPO_ACCESS_IS_OK=yes BORG_RELOCATED_REPO_ACCESS_IS_OK=yes
"$home/imageferry" version >/dev/null # builds it
java=$("$home/imageferry" --java-home)/bin/java
jar=$home/target/launch/imageferry.jar
mkdir -p "$out"
"$java" --enable-native-access=ALL-UNNAMED -cp "$jar" "$home/bench/PeersBench.java" "$home/imageferry" "$work" \
    "$out/peers.tsv" "$runs" "$tools" "$images/gen1.raw" "$images/gen2.raw" "$images/gen3.raw" "$images/rebuilt.raw"
"$java" -cp "$jar" "$home/bench/PeersReport.java" "$out/peers.tsv" "$out/peers.svg"
