#!/usr/bin/env bash
# Stops an update of the ensemble while a member is down. The update restarts the members one after another, but it
# begins even if one of them is not ready, and the second one missing would end the quorum of three. Stops one to required
# authentication, too, while a member does not know it yet: the brokers would lose their sessions.
set -euo pipefail

# A JVM that lives for a second needs a small heap and no optimising compiler.
export KAFKA_HEAP_OPTS="-Xmx128m"
export KAFKA_JVM_PERFORMANCE_OPTS="-XX:+UseSerialGC -XX:TieredStopAtLevel=1 -Xshare:auto"
export LOG_DIR=/tmp
# What bash says of a connection is compared.
export LC_ALL=C

deadline=$((SECONDS + 60))

# Sets state to what is at a name: gone (there is no such name, so no pod), silent (there is one, and it can't be told whether
# it serves), down (its port is closed, or it serves nobody) or serving.
look() {
    local answer status=0
    answer=$(timeout 5 bash -c "exec 3<>/dev/tcp/$1/2181 && printf srvr >&3 && cat <&3" 2>&1) || status=$?
    case $status,$answer in
        *Mode:\ *) state=serving ;;
        # Of a name that it can't resolve.
        *"Invalid argument"*) state=gone ;;
        124,* | *"timed out"* | *"No route to host"* | *"is unreachable"*) state=silent ;;
        *) state=down ;;
    esac
}

host() { echo "zookeeper-$1.zookeeper-headless"; }

# Asks a member who this is. Sets refused when it does not accept the password, or knows no passwords.
authenticates() {
    local shell output
    shell=$(command -v zookeeper-shell || echo /opt/kafka/bin/zookeeper-shell.sh)
    output=$(timeout 20 "$shell" "$(host "$1"):2181" ls / 2>&1) || true
    if [[ $output == *state:AuthFailed* ]]; then
        refused=$1
    fi
    [[ $output == *state:SaslAuthenticated* ]]
}

while true; do
    serving=() silent=()
    # All that there could be, to notice members that the update would remove.
    for ((member = 0; member < MOST_MEMBERS; member++)); do
        look "$(host "$member")"
        case $state in
            serving) serving+=("$member") ;;
            silent) silent+=("$member") ;;
        esac
    done
    if [[ ${#serving[@]} -eq 0 && ${#silent[@]} -eq 0 ]]; then
        # Without DNS every member would seem to be gone.
        look zookeeper
        if [[ $state != gone ]]; then
            echo "No member serves: a first start, or nothing to lose."
            exit 0
        fi
    fi
    if [[ "${serving[*]}" == "$(seq -s ' ' 0 $((MEMBERS - 1)))" ]]; then
        break
    fi
    if ((SECONDS >= deadline)); then
        if [[ ${#serving[@]} -eq 0 && ${#silent[@]} -eq 0 ]]; then
            echo "Expected the Service zookeeper to have an address, could not resolve it." >&2
            exit 1
        fi
        if [[ ${#serving[@]} -eq 0 ]]; then
            echo "Expected an answer of the members that exist, got none at all from: ${silent[*]}." >&2
            echo "A network policy keeps this Job from port 2181, or their nodes are gone. Nothing was changed." >&2
            echo "Pods that are lost have to be deleted first (kubectl delete pod --force)." >&2
            exit 1
        fi
        echo "Expected the members 0 to $((MEMBERS - 1)) to serve, found only: ${serving[*]}." >&2
        echo "Bring the missing ones back first (kubectl get pods -l app.kubernetes.io/name=zookeeper)." >&2
        echo "The number of members can't be changed in place." >&2
        exit 1
    fi
    sleep 2
done

if [[ $AUTHENTICATION == required ]]; then
    refused=
    for ((member = 0; member < MEMBERS; member++)); do
        until authenticates "$member"; do
            if [[ -n $refused ]]; then
                echo "Expected member $member to accept the password of the Secret zookeeper-auth, it does not." >&2
                echo "If the ensemble runs without authentication, set zookeeper.authentication to optional, run pulumi up, and only then set it to required. Otherwise it has another password: see docs/operations.md." >&2
                echo "No member and no broker was changed." >&2
                exit 1
            fi
            if ((SECONDS >= deadline)); then
                echo "Expected member $member to authenticate this Job, got no answer from it." >&2
                exit 1
            fi
            sleep 2
        done
    done
fi
echo "All $MEMBERS members serve."
