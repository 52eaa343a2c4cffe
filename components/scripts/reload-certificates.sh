#!/usr/bin/env bash
# Has the broker in the same pod read its certificates again when they were renewed: nobody has to be there for it, and no
# broker restarts.
set -euo pipefail

config=$(dirname "$0")

# A JVM that lives for a second needs a small heap and no optimising compiler.
export KAFKA_HEAP_OPTS="-Xmx64m"
export KAFKA_JVM_PERFORMANCE_OPTS="-XX:+UseSerialGC -XX:TieredStopAtLevel=1 -Xshare:auto"

# A broker reads a file again when it is told the path that it has, if the file is newer.
reload() {
    local tool
    tool=$(command -v kafka-configs || echo /opt/kafka/bin/kafka-configs.sh)
    timeout 60 "$tool" --bootstrap-server 127.0.0.1:9091 --command-config "$config/admin.properties" \
        --alter --entity-type brokers --entity-name "${POD_NAME##*-}" --add-config "$1"
}

# Trust first: the broker refuses a certificate of its own that its peers would not trust.
reload_all() {
    [[ -z $TRUST_STORES ]] || reload "$TRUST_STORES" || return 1
    reload "$KEY_STORES"
}

trap 'exit 0' TERM
pending=
while true; do
    # In the background, so that a signal ends it at once.
    sleep 5 &
    wait $!
    changed=$(bash "$config/install-certificates.sh")
    if [[ -n $changed ]]; then
        pending+=${changed//$'\n'/ }' '
    fi
    if [[ -n $pending ]] && reload_all; then
        echo "The broker reads again: $pending"
        pending=
    fi
done
