#!/usr/bin/env bash
# Stops an update of the ensemble while a member is down. The update restarts the members one after another, but it
# begins even if one of them is not ready, and the second one missing would end the quorum of three.
set -euo pipefail

deadline=$((SECONDS + 60))

serves() {
    local member="zookeeper-$1.zookeeper-headless"
    timeout 5 bash -c "exec 3<>/dev/tcp/$member/2181 && printf srvr >&3 && grep -q '^Mode: ' <&3" 2>/dev/null
}

# What bash says of a name that it can't resolve; a Service whose pods don't serve refuses the connection instead.
resolves() {
    [[ $(timeout 5 bash -c "exec 3<>/dev/tcp/zookeeper/2181" 2>&1) != *"Invalid argument"* ]]
}

# Without DNS every member would seem to be gone.
until resolves; do
    if ((SECONDS >= deadline)); then
        echo "Expected the Service zookeeper to have an address, could not resolve it." >&2
        exit 1
    fi
    sleep 2
done

while true; do
    serving=()
    # All that there could be, to notice members that the update would remove.
    for ((member = 0; member < MOST_MEMBERS; member++)); do
        if serves "$member"; then
            serving+=("$member")
        fi
    done
    if [[ ${#serving[@]} -eq 0 ]]; then
        echo "No member serves: a first start, or nothing to lose."
        exit 0
    fi
    if [[ "${serving[*]}" == "$(seq -s ' ' 0 $((MEMBERS - 1)))" ]]; then
        echo "All $MEMBERS members serve."
        exit 0
    fi
    if ((SECONDS >= deadline)); then
        echo "Expected the members 0 to $((MEMBERS - 1)) to serve, found only: ${serving[*]}." >&2
        echo "Bring the missing ones back first (kubectl get pods -l app.kubernetes.io/name=zookeeper)." >&2
        echo "The number of members can't be changed in place." >&2
        exit 1
    fi
    sleep 2
done
