#!/usr/bin/env bash
# Liveness probe of a ZooKeeper member: passes while it answers, in a quorum or not.
set -euo pipefail

# The kubelet's own timeout would leave what this script has started.
answer=$(timeout 4 bash -c 'exec 3<>/dev/tcp/127.0.0.1/2181 && printf ruok >&3 && cat <&3' || true)
[[ $answer == *imok* ]]
