#!/usr/bin/env bash
# Readiness probe of a ZooKeeper member: passes while it serves as part of a quorum.
set -euo pipefail

# The kubelet's own timeout would leave what this script has started.
answer=$(timeout 4 bash -c 'exec 3<>/dev/tcp/127.0.0.1/2181 && printf srvr >&3 && cat <&3' || true)
[[ $answer =~ $'\n'Mode:\ (leader|follower|standalone) ]]
