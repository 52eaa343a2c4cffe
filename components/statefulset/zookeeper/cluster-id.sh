#!/usr/bin/env bash
# Prints the cluster id that Kafka has in ZooKeeper, and nothing where it has none.
set -euo pipefail

export KAFKA_HEAP_OPTS="-Xmx128m"
export KAFKA_JVM_PERFORMANCE_OPTS="-XX:+UseSerialGC -XX:TieredStopAtLevel=1 -Xshare:auto"
export LOG_DIR=/tmp

shell=$(command -v zookeeper-shell || echo /opt/kafka/bin/zookeeper-shell.sh)
# The status says no more than whether the node is there.
output=$(printf 'get /cluster/id\n' | timeout 60 "$shell" zookeeper:2181 2>&1) || true
# A line such as {"version":"1","id":"eCp0PqUqQ6yL6fS7vXyTbA"}.
if [[ $output =~ \"id\":\"([A-Za-z0-9_-]+)\" ]]; then
    echo "${BASH_REMATCH[1]}"
elif [[ $output != *"Node does not exist: /cluster/id"* ]]; then
    printf '%s\n' "$output" | tail -n 3 >&2
    exit 1
fi
