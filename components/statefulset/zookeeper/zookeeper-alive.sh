#!/usr/bin/env bash
# Liveness probe of a ZooKeeper member: passes while it answers, in a quorum or not.
set -euo pipefail

exec 3<>/dev/tcp/127.0.0.1/2181
printf ruok >&3
grep -q imok <&3
