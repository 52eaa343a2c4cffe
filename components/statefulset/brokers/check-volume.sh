#!/usr/bin/env bash
# Keeps a broker from starting with a full volume. Kafka can't rebuild its indexes there, and was seen to delete all messages as too
# old, half a minute after its start. Once such a broker leads, the others drop theirs, too.
# Keeps a broker from starting with an empty volume, too, while it was in sync, and no other one that was in sync runs. It would
# lead with an empty log, and its followers would throw away what they hold of acknowledged messages. A new broker holds
# nothing, and passes.
set -euo pipefail

config=$(dirname "$0")
ordinal=${POD_NAME##*-}

# In KiB. A twentieth of a small volume, and 64 MiB of others, however large. Nothing is known where `df` says nothing. The
# name of a device may have spaces.
size=0 free=0
if [[ $(df -Pk /var/lib/kafka/data) =~ [[:space:]]([0-9]+)[[:space:]]+[0-9]+[[:space:]]+([0-9]+)[[:space:]]+[0-9]+% ]]; then
    size=${BASH_REMATCH[1]} free=${BASH_REMATCH[2]}
fi
least=$((size / 20 < 65536 ? size / 20 : 65536))
if ((free < least)); then
    echo "kafka-$ordinal: expected at least $(((least + 1023) / 1024)) MiB free on its volume, got $((free / 1024)) MiB: on a full one" \
        "Kafka would lose its indexes, and delete messages as too old. Next: raise kafka.storage.size, and run pulumi up" >&2
    exit 1
fi

if [[ -e /var/lib/kafka/data/kafka-logs/meta.properties ]]; then
    exit 0
fi

# Says whether somebody accepts the loss, by the ids of such brokers. The file changes while this waits, too.
accepts_loss() {
    [[ " $(<"$config/accept-empty") " == *" $ordinal "* ]]
}

# shellcheck source=zookeeper-client.sh
source "$config/zookeeper-client.sh"
# shellcheck source=../admin/admin-class.sh
source "$config/admin-class.sh"

# Asks a broker that runs. Fails where none does, or none answers.
ask_brokers() {
    local file peer facts
    for file in "$config"/advertised-*; do
        peer=kafka-${file##*-}.kafka-headless
        if [[ ${file##*-} == "$ordinal" ]] || ! timeout 3 bash -c "exec 3<>/dev/tcp/$peer/9091" 2>/dev/null; then
            continue
        fi
        facts=$(admin_class KafkaFacts "$peer:9091" "$config/admin.properties" --last "$ordinal") || continue
        if [[ $facts != *'"lastInSync":{"count":0,'* ]]; then
            local last=${facts##*\"lastInSync\":\{\"count\":} examples
            examples=${last#*[}
            examples=${examples%%]*}
            echo "kafka-$ordinal: expected the volume of broker $ordinal, which no broker that runs was in sync with" \
                "for ${last%%,*} partitions (${examples//\"/}), got an empty one. Next: bring it back, start the others" \
                "that were in sync first, or elect other leaders, as docs/operations.md says" >&2
            exit 1
        fi
        return 0
    done
    return 1
}

# Tells a first start: ZooKeeper knows no topics then. Fails where it knows some, or does not answer.
knows_no_topics() {
    local shell output
    shell=$(command -v zookeeper-shell || echo /opt/kafka/bin/zookeeper-shell.sh)
    # The status says no more than whether the node is there.
    output=$(timeout 60 "$shell" zookeeper:2181 ls /brokers/topics 2>&1) || true
    [[ $output == *"Node does not exist: /brokers/topics"* || $output =~ (^|$'\n')\[\]($'\n'|$) ]]
}

until accepts_loss || ask_brokers || knows_no_topics; do
    echo "kafka-$ordinal has an empty volume, and no other broker says what it held: it waits for one." \
        "Next: docs/operations.md, a volume that is lost" >&2
    sleep 5
done
