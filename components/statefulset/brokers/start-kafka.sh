#!/usr/bin/env bash
# Completes this broker's properties and becomes the broker, so that the JVM is PID 1 and gets SIGTERM itself.
set -euo pipefail

config=$(dirname "$0")
properties=/run/kafka/server.properties
ordinal=${POD_NAME##*-}

# shellcheck source=../server-checks.sh
source "$config/server-checks.sh"
find_server kafka-server-start kafka.image
check_cluster_domain

if [[ -d /etc/kafka-eks-tls ]]; then
    bash "$config/install-certificates.sh"
    # The broker is about to read them.
    rm -f /run/kafka/tls/unread-* /run/kafka/tls/expired
fi

bash "$config/check-volume.sh"

{
    cat "$config/server.properties"
    echo "broker.id=$ordinal"
    if [[ -n ${ZONE:-} ]]; then
        echo "broker.rack=$ZONE"
    fi
    echo "advertised.listeners=$(<"$config/advertised-$ordinal")"
} >"$properties"

# Set here and not on the container: tools that are run in it by hand must not inherit the broker's heap.
# With a full heap some thread dies, and the broker would go on without it.
export KAFKA_HEAP_OPTS="$SERVER_HEAP_OPTS -XX:+ExitOnOutOfMemoryError"
# shellcheck source=zookeeper-client.sh
source "$config/zookeeper-client.sh"
# The JVM would keep the address of a restarted peer for 30 s.
KAFKA_OPTS+=" -Dsun.net.inetaddr.ttl=2 -Dsun.net.inetaddr.negative.ttl=1"
export KAFKA_LOG4J_OPTS="-Dlog4j.configuration=file:$config/log4j.properties"
# The start script's own default would write a garbage collection log to the read-only file system.
export EXTRA_ARGS="-name kafkaServer"

exec "$server" "$properties"
