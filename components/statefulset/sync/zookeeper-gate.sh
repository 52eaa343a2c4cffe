#!/usr/bin/env bash
# Goes before the check of an update of the ensemble, and ends it where a sync of rendered files changes no member.
set -euo pipefail

if [[ -z ${SYNCED_MEMBERS:-} ]]; then
    echo "No sync has come to its end here: a first deployment."
    exit 0
fi
if [[ $MEMBERS != "$SYNCED_MEMBERS" ]]; then
    echo "zookeeper.replicas: expected $SYNCED_MEMBERS, which the data was made with, got $MEMBERS. With another number members could form a quorum that knows nothing. Next: set it back to $SYNCED_MEMBERS" >&2
    exit 1
fi
if [[ $PODS == "${SYNCED_MEMBER_PODS:-}" ]]; then
    echo "No member restarts by this sync."
    exit 0
fi
# Only what costs no data may be overruled: 1 says that a member is down.
trap 'code=$?; if ((code == 1)) && [[ $RESTART_WHILE_DEGRADED == true ]]; then echo "restartWhileDegraded is true."; exit 0; fi' EXIT
