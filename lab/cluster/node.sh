#!/bin/bash
# PID 1 of a node: runs in network, mount, PID, UTS and IPC namespaces of its own. Nothing that is
# mounted here shows on the machine, and killing this process ends the node. Started by node.ts.
set -euo pipefail
: "${NODE_NAME:?}" "${NODE_ADDRESS:?}" "${ZONE:?}" "${POD_RANGE:?}" "${DIRECTORY:?}" "${PKI:?}"
: "${CGROUPS:?}" "${KUBERNETES:?}" "${PACKAGES:?}" "${LOGS:?}" "${NAME:?}"
# shellcheck source-path=SCRIPTDIR source=daemons.sh
source "$(dirname "$0")/daemons.sh"

# Count the daemons' memory as this node's.
IFS=:
for cgroup in $CGROUPS; do
    echo 0 >"$cgroup/cgroup.procs"
done
unset IFS
hostname "$NODE_NAME"

# The view of /sys must be that of this network namespace, with the machine's cgroups in it.
keep=$DIRECTORY/cgroup
mount --rbind /sys/fs/cgroup "$keep"
mount -t sysfs sysfs /sys
mount --rbind "$keep" /sys/fs/cgroup
umount --lazy "$keep"

# What programs keep at fixed places. All of /run is lost when a node stops, as on a real machine.
mount --bind "$DIRECTORY/kubelet" /var/lib/kubelet
mount -t tmpfs -o mode=755 tmpfs /run
mount -t tmpfs -o mode=755 tmpfs /var/log

# A kubelet needs its mounts shared. Last: until here an unmount must not spread to other mounts.
mount --make-rshared /

# From the unpacked packages: containerd finds runc and socat on PATH, its network plugins iptables.
libraries=$PACKAGES/usr/lib/$(uname -m)-linux-gnu
export PATH=$PACKAGES/usr/sbin:$PACKAGES/usr/bin:/usr/sbin:/usr/bin:/sbin:/bin
export LD_LIBRARY_PATH=$libraries
export XTABLES_LIBDIR=$libraries/xtables

start containerd containerd --config="$DIRECTORY/containerd.toml"
until ctr version >/dev/null 2>&1; do
    sleep 0.1
done

# The limit of tracked connections belongs to the machine and cannot be changed from here.
start proxy "$KUBERNETES/kube-proxy" \
    --kubeconfig="$PKI/proxy.kubeconfig" \
    --hostname-override="$NODE_NAME" \
    --cluster-cidr="$POD_RANGE" \
    --proxy-mode=iptables \
    --conntrack-max-per-core=0

start_kubelet() {
    start kubelet "$KUBERNETES/kubelet" \
        --config="$DIRECTORY/kubelet.json" \
        --kubeconfig="$PKI/$NODE_NAME.kubeconfig" \
        --hostname-override="$NODE_NAME" \
        --node-ip="$NODE_ADDRESS" \
        --node-labels="topology.kubernetes.io/zone=$ZONE,topology.kubernetes.io/region=lab"
    kubelet=$!
}

is_running() { jobs -rp | grep -qx "$1"; }

# containerd answers before its CRI plugin has read its state, which takes long on a busy disk; a kubelet
# that asks in between ends at once. One that never stays ends the node, which is noticed and told.
start_kubelet
until (exec 3<>/dev/tcp/127.0.0.1/10248) 2>/dev/null; do
    if ! is_running "$kubelet"; then
        ((SECONDS < 120)) || exit 1
        start_kubelet
    fi
    sleep 0.2
done

reap_forever
