#!/usr/bin/env bash
# Readiness probe of a ZooKeeper member: passes while it serves as part of a quorum.
set -euo pipefail

exec 3<>/dev/tcp/127.0.0.1/2181
printf srvr >&3
grep -qE '^Mode: (leader|follower|standalone)' <&3
