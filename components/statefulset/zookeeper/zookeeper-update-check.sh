#!/usr/bin/env bash
# Stops an update of the ensemble while a member is down. The update restarts the members one after another, but it
# begins even if one of them is not ready, and the second one missing would end the quorum of three. Stops one to required
# authentication, too, while a member does not know it yet: the brokers would lose their sessions.
# BROKEN names members that can't start. The update is their cure, so it passes when the others are a quorum without them.
set -euo pipefail

# A JVM that lives for a second needs a small heap and no optimising compiler.
export KAFKA_HEAP_OPTS="-Xmx128m"
export KAFKA_JVM_PERFORMANCE_OPTS="-XX:+UseSerialGC -XX:TieredStopAtLevel=1 -Xshare:auto"
export LOG_DIR=/tmp

# A member that was just restarted needs some seconds to join.
deadline=$((SECONDS + 30))

host() { echo "zookeeper-$1.zookeeper-headless"; }

is_serving() {
    local answer
    answer=$(timeout 5 bash -c "exec 3<>/dev/tcp/$(host "$1")/2181 && printf srvr >&3 && cat <&3" 2>/dev/null) || true
    [[ $answer == *"Mode: "* ]]
}

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

asked=()
for ((member = 0; member < MEMBERS; member++)); do
    [[ " $BROKEN " == *" $member "* ]] || asked+=("$member")
done
if ((${#asked[@]} * 2 <= MEMBERS)); then
    echo "expected a quorum without the members that can't start (${BROKEN// /, }), got ${#asked[@]} of $MEMBERS members" >&2
    exit 1
fi

for member in "${asked[@]}"; do
    until is_serving "$member"; do
        if ((SECONDS >= deadline)); then
            silent=()
            for each in "${asked[@]}"; do
                is_serving "$each" || silent+=("zookeeper-$each")
            done
            echo "expected all members to serve, got no service from ${silent[*]:-zookeeper-$member}" >&2
            exit 1
        fi
        sleep 1
    done
done

if [[ $AUTHENTICATION == required ]]; then
    refused=
    for member in "${asked[@]}"; do
        until authenticates "$member"; do
            if [[ -n $refused ]]; then
                echo "expected member $member to accept the password of the Secret zookeeper-auth, and it does not. If the ensemble runs without authentication, set zookeeper.authentication to optional, run pulumi up, and only then set it to required. Otherwise it has another password: see docs/operations.md" >&2
                exit 2
            fi
            if ((SECONDS >= deadline)); then
                echo "expected member $member to authenticate this Job, got no answer from it" >&2
                exit 2
            fi
            sleep 1
        done
    done
fi
echo "${#asked[@]} of $MEMBERS members serve."
