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

under_replicated=$(admin kafka-topics --describe --under-replicated-partitions)
lagging=$(awk -v id="$ordinal" '
    function value(name, i) { for (i = 1; i < NF; i++) if ($i == name) return $(i + 1); return "" }
    function has(list) { return index("," list ",", "," id ",") > 0 }
    value("Leader:") ~ /^[0-9]+$/ && has(value("Replicas:")) && !has(value("Isr:")) { count++ }
    END { print count + 0 }
' <<<"$under_replicated")
if ((lagging > 0)); then
    echo "broker $ordinal is still outside the ISR of $lagging partitions" >&2
    exit 1
fi
