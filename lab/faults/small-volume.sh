#!/bin/bash
# Makes a volume of a node small and full, and undoes it. Runs among the node's mounts. The lab's volumes are directories
# without a size of their own.
set -euo pipefail

# shrink DIRECTORY SIZE: puts a file system of its own, with a copy of what is there, over a directory.
shrink() {
    local directory=$1 small=$1.small
    mkdir "$small"
    # The copy gets all permissions of the original but does not lose the sticky bit of the default.
    mount -t tmpfs -o "size=$2,mode=700" tmpfs "$small"
    if cp --archive "$directory/." "$small/"; then
        mount --bind "$small" "$directory"
    else
        echo "$directory: expected to fit into $2" >&2
    fi
    umount "$small"
    rmdir "$small"
    mountpoint -q "$directory"
}

# fill DIRECTORY: takes what is free. Prints what is free then, in KiB.
fill() {
    # It ends when nothing more fits, and complains.
    dd if=/dev/zero of="$1/filler" bs=1M status=none 2>/dev/null || true
    df --output=avail "$1" | tail -n 1
}

# free DIRECTORY: gives it back.
free() {
    rm "$1/filler"
}

# restore VOLUMES: takes the file systems off all directories in a folder. A pod that runs keeps what it has until it ends.
restore() {
    local -a mounts
    local mount point
    mapfile -t mounts </proc/self/mountinfo
    for mount in "${mounts[@]}"; do
        read -r _ _ _ _ point _ <<<"$mount"
        if [[ $point == "$1"/* ]]; then
            umount "$point"
        fi
    done
}

"$@"
