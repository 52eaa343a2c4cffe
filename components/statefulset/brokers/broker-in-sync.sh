#!/usr/bin/env bash
# Startup probe of a broker: passes once it has caught up. It is registered in the cluster's metadata, and no
# partition that has a live leader lists it as a replica outside the ISR. Until then a rolling update, a drain or the
# creation of the next broker waits.
set -euo pipefail

config=$(dirname "$0")
ordinal=${POD_NAME##*-}
own_listener=127.0.0.1:9091
registered=/run/kafka/registered

# A JVM that lives for a second needs a small heap and no optimising compiler.
export KAFKA_HEAP_OPTS="-Xmx96m"
export KAFKA_JVM_PERFORMANCE_OPTS="-XX:+UseSerialGC -XX:TieredStopAtLevel=1 -Xshare:auto"

admin() {
    local tool
    tool=$(command -v "$1" || echo "/opt/kafka/bin/$1.sh")
    shift
    timeout 20 "$tool" --bootstrap-server "$own_listener" --command-config "$config/admin.properties" "$@"
}

# No JVM is started before the port is open.
exec 3<>"/dev/tcp/${own_listener/://}"
exec 3>&-

# A broker that has no metadata yet answers that there are no topics, so an empty answer proves nothing by itself.
if [[ ! -e $registered ]]; then
    log_directories=$(admin kafka-log-dirs --describe --broker-list "$ordinal")
    if [[ $log_directories != *"\"broker\":$ordinal,"* ]]; then
        echo "broker $ordinal is not in the cluster's metadata yet" >&2
        exit 1
    fi
    touch "$registered"
fi

# Lines such as "Topic: t  Partition: 0  Leader: 1  Replicas: 1,2,0  Isr: 1,2"; without a leader it is "none" or -1.
under_replicated=$(admin kafka-topics --describe --under-replicated-partitions)
lagging=0
while IFS= read -r line; do
    [[ $line =~ Leader:\ [0-9] ]] || continue
    [[ $line =~ Replicas:\ ([0-9,]+) ]] && replicas=${BASH_REMATCH[1]}
    [[ $line =~ Isr:\ ([0-9,]*) ]] && isr=${BASH_REMATCH[1]}
    if [[ ,$replicas, == *,$ordinal,* && ,$isr, != *,$ordinal,* ]]; then
        lagging=$((lagging + 1))
    fi
done <<<"$under_replicated"
if ((lagging > 0)); then
    echo "broker $ordinal is still outside the ISR of $lagging partitions" >&2
    # The next question costs the broker CPU time that it needs to catch up.
    sleep 2
    exit 1
fi
