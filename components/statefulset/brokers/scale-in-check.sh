#!/usr/bin/env bash
# Stops a change of the number of brokers while one that is not among BROKERS any more holds replicas: they would be gone
# with it. Stops a change of how brokers talk to each other while any of them runs: one that was restarted could not talk to
# the others. ZooKeeper is asked, because it knows who holds what while brokers are down, too, and because it tells a first
# deployment, of which it knows no topics at all, from a cluster that does not answer.
set -euo pipefail

# A JVM that lives for a second needs a small heap and no optimising compiler.
export KAFKA_HEAP_OPTS="-Xmx128m"
export KAFKA_JVM_PERFORMANCE_OPTS="-XX:+UseSerialGC -XX:TieredStopAtLevel=1 -Xshare:auto"
export LOG_DIR=/tmp

deadline=$((SECONDS + 60))
shown=5

# What ZooKeeper prints for some commands, one after another. That is what counts: the status says no more than whether the
# last one found what it asked for.
zookeeper() {
    local shell
    shell=$(command -v zookeeper-shell || echo /opt/kafka/bin/zookeeper-shell.sh)
    printf '%s\n' "$@" | timeout 60 "$shell" "$ZOOKEEPER" 2>&1
}

# Sets topics to the names of all topics, and assignments to one line such as {"partitions":{"0":[1,2],"1":[2,0]},…} for
# each of them; fails unless ZooKeeper tells all of it.
read_assignments() {
    local output line
    topics=() assignments=()
    output=$(zookeeper "ls /brokers/topics")
    if [[ $output == *"Node does not exist: /brokers/topics"* ]]; then
        return 0
    fi
    # A line such as [orders, payments].
    [[ $output =~ (^|$'\n')\[([A-Za-z0-9._, -]*)\]($'\n'|$) ]] || return 1
    # Bash would write a long here-string to a file, and the root file system is read-only.
    read -r -a topics < <(printf '%s\n' "${BASH_REMATCH[2]//,/}")
    ((${#topics[@]} > 0)) || return 0
    output=$(zookeeper "${topics[@]/#/get /brokers/topics/}")
    while IFS= read -r line; do
        if [[ $line == *'"partitions":{'* ]]; then
            assignments+=("$line")
        fi
    done < <(printf '%s\n' "$output")
    # One less if a topic was deleted just now.
    ((${#assignments[@]} == ${#topics[@]}))
}

# Sets registrations to one line of JSON for each broker that runs; fails unless ZooKeeper tells all of it.
read_registrations() {
    local output line
    local -a ids
    registrations=()
    output=$(zookeeper "ls /brokers/ids")
    if [[ $output == *"Node does not exist: /brokers/ids"* ]]; then
        return 0
    fi
    # A line such as [0, 1, 2].
    [[ $output =~ (^|$'\n')\[([0-9, ]*)\]($'\n'|$) ]] || return 1
    read -r -a ids < <(printf '%s\n' "${BASH_REMATCH[2]//,/}")
    ((${#ids[@]} > 0)) || return 0
    output=$(zookeeper "${ids[@]/#/get /brokers/ids/}")
    while IFS= read -r line; do
        if [[ $line == *'"listener_security_protocol_map":{'* ]]; then
            registrations+=("$line")
        fi
    done < <(printf '%s\n' "$output")
    ((${#registrations[@]} == ${#ids[@]}))
}

until read_registrations && read_assignments; do
    if ((SECONDS >= deadline)); then
        echo "Expected ZooKeeper to tell which brokers hold replicas, got no answer from $ZOOKEEPER." >&2
        echo "Nothing was changed. Look at it with kubectl get pods -l app.kubernetes.io/name=zookeeper." >&2
        exit 1
    fi
    sleep 2
done

for registration in "${registrations[@]}"; do
    [[ $registration =~ \"REPLICATION\":\"([A-Z_]+)\" ]]
    if [[ ${BASH_REMATCH[1]} != "$REPLICATION_PROTOCOL" ]]; then
        echo "Expected that brokers talk to each other by ${BASH_REMATCH[1]} as long as any of them runs, got $REPLICATION_PROTOCOL: one that was restarted could not talk to the others." >&2
        echo "Nothing was changed. Set certificates.source back, or stop all brokers first, as docs/security.md says." >&2
        exit 1
    fi
done

declare -A holders
held=() count=0
for ((n = 0; n < ${#topics[@]}; n++)); do
    [[ ${assignments[n]} =~ \"partitions\":\{([^}]*)\} ]]
    rest=${BASH_REMATCH[1]}
    while [[ $rest =~ \"([0-9]+)\":\[([0-9,]*)\](.*) ]]; do
        partition=${topics[n]}-${BASH_REMATCH[1]} replicas=${BASH_REMATCH[2]} rest=${BASH_REMATCH[3]}
        leaving=
        for broker in ${replicas//,/ }; do
            if ((broker >= BROKERS)); then
                holders[$broker]=1
                leaving=true
            fi
        done
        if [[ -n $leaving ]]; then
            count=$((count + 1))
            ((count > shown)) || held+=("$partition")
        fi
    done
done

if ((count > 0)); then
    list=$(printf ', %s' "${held[@]}")
    ((count <= shown)) || list+=" and $((count - shown)) more"
    ids=$(printf '%s\n' "${!holders[@]}" | sort -n)
    echo "Expected no replicas on brokers that are to go, found some on broker ${ids//$'\n'/, }. Number of partitions: $count: ${list:2}." >&2
    echo "Nothing was changed. Move them to the brokers 0 to $((BROKERS - 1)) with kafka-reassign-partitions first, as docs/operations.md says, and run pulumi up again." >&2
    exit 1
fi
echo "No broker but 0 to $((BROKERS - 1)) holds replicas of any of the ${#topics[@]} topics."
