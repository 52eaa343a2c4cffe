#!/usr/bin/env bash
# Has the broker in the same pod read its certificates again when they were renewed: nobody has to be there for it, and no
# broker restarts, unless its certificate has expired before there was another one. First whom to trust, and TRUST_SECONDS
# later, when the other brokers trust them, too, what they signed.
set -euo pipefail

config=$(dirname "$0")
mounted=/etc/kafka-eks-tls/..data
installed=/run/kafka/tls

# A JVM that lives for a second needs a small heap and no optimising compiler.
export KAFKA_HEAP_OPTS="-Xmx64m"
export KAFKA_JVM_PERFORMANCE_OPTS="-XX:+UseSerialGC -XX:TieredStopAtLevel=1 -Xshare:auto"

# A broker reads a file again when it is told the path that it has, if the file is newer.
reload() {
    local tool output status=0
    tool=$(command -v kafka-configs || echo /opt/kafka/bin/kafka-configs.sh)
    output=$(timeout 60 "$tool" --bootstrap-server 127.0.0.1:9091 --command-config "$config/admin.properties" \
        --alter --entity-type brokers --entity-name "${POD_NAME##*-}" --add-config "$1" 2>&1) || status=$?
    [[ -z $output ]] || echo "$output"
    [[ $output != *CertificateExpiredException* ]] || start_anew
    return "$status"
}

# No tool talks to a broker that shows an expired certificate, nor does another broker. Where there is a new one, the liveness
# probe then has the broker start anew, which reads it.
start_anew() {
    [[ -e $installed/unread-key || $(<"$mounted/tls-combined.pem") != "$(<"$installed/keystore.pem")" ]] || return 0
    [[ -e $installed/expired ]] || echo "The broker's certificate has expired: the broker has to start anew"
    touch "$installed/expired"
}

# Whether the broker has read what there is of trust or key.
has_read() {
    local unread=$installed/unread-$1
    [[ -e $unread ]] || return 0
    [[ -z $2 ]] || reload "$2" || return 1
    rm "$unread"
    echo "The broker has read again: $1"
}

trap 'exit 0' TERM
# What an older loop was about to do may have waited long enough.
trusted=-$TRUST_SECONDS
pause=5
while true; do
    # In the background, so that a signal ends it at once.
    sleep "$pause" &
    wait $!
    pause=5
    # What fails is tried again: the kubelet may just exchange the files. Trust and key are of the same exchange: with a key
    # whose authority it does not trust yet, the broker would not even talk to this loop.
    exchanged=$(readlink -f "$mounted")
    changed=$(bash "$config/install-certificates.sh" trust "$exchanged") || true
    if [[ -n $changed ]]; then
        echo "$changed"
        trusted=$SECONDS
    fi
    # Where the broker refuses them, each try costs it a JVM.
    has_read trust "$TRUST_STORES" || { pause=30; continue; }
    # The others trust it only after their kubelets have brought them the same, and this loop itself shows the key to the broker.
    ((SECONDS - trusted >= TRUST_SECONDS)) || continue
    bash "$config/install-certificates.sh" key "$exchanged" || continue
    has_read key "$KEY_STORES" || pause=30
done
