#!/usr/bin/env bash
# Stops a sync of rendered files that could lose messages, or stop writes. It may not ask the Kubernetes API: it knows
# what Kafka says, and what the last sync that came to its end wrote down (SYNCED_...; absent before the first one).
set -euo pipefail

refuse() {
    printf '%s. No broker was changed. Next: %s\n' "$1" "$2" >&2
    exit 1
}

first=true
fewer=false
rises=false
restarts=false
if [[ -n ${SYNCED_BROKERS:-} ]]; then
    first=false
    ((BROKERS >= SYNCED_BROKERS)) || fewer=true
    ((MIN_ISR <= SYNCED_MIN_ISR)) || rises=true
fi
[[ $PODS == "${SYNCED_PODS:-}" ]] || restarts=true

options=(--from "$BROKERS")
if [[ $rises == true ]]; then
    options+=(--min-isr "$MIN_ISR")
fi
answered=true
facts=$(admin_class KafkaFacts "$BOOTSTRAP" <(printf %s "${ADMIN_PROPERTIES:-}") "${options[@]}" 2>&1) || answered=false
# Warnings of the image may stand before it.
facts=${facts##*$'\n'}

if [[ $answered == false ]]; then
    if [[ $first == true ]]; then
        echo "No sync has come to its end here, and Kafka does not answer: a first deployment."
        exit 0
    fi
    if [[ $fewer == true || $rises == true ]]; then
        refuse "kafka: ${facts%.}" "npm run health says more"
    fi
    if [[ $restarts == true && $RESTART_WHILE_DEGRADED != true ]]; then
        refuse "kafka: ${facts%.}" "npm run health says more; restartWhileDegraded: true restarts brokers all the same"
    fi
    echo "Kafka does not answer, and this sync may go on all the same."
    exit 0
fi

# How many there are of a fact.
count() {
    local pattern="\"$1\":\\{\"count\":([0-9]+)"
    if [[ $facts =~ $pattern ]]; then
        echo "${BASH_REMATCH[1]}"
    else
        echo "expected a count of $1, got: ${facts:0:200}" >&2
        return 1
    fi
}

# A few of them by name.
names() {
    local pattern="\"$1\":\\{\"count\":[0-9]+,\"examples\":\\[([^]]*)\\]" text
    [[ $facts =~ $pattern ]] || return 1
    text=${BASH_REMATCH[1]//\"/}
    text=${text//topic:/}
    text=${text//,replicas:/ of }
    echo "${text//,/, }"
}

# A list of brokers, as Kafka's own or within another fact.
brokers() {
    local pattern="\"$1\":\\[([0-9,]*)\\]"
    [[ $facts =~ $pattern ]] || return 1
    echo "${BASH_REMATCH[1]//,/ }"
}

held=$(count replicasFrom)
if ((held > 0)); then
    refuse "kafka.replicas: expected no replicas on brokers from $BROKERS on, got $held partitions ($(names replicasFrom))" \
        "move them to the brokers that stay, as docs/operations.md says, and sync again"
fi

if [[ $rises == true ]]; then
    small=$(count fewerThan)
    if ((small > 0)); then
        refuse "kafka.config[\"min.insync.replicas\"]: expected topics of more than $MIN_ISR replicas, got $small of no more ($(names fewerThan))" \
            "raise their replicas first, as docs/operations.md says, or set it back to $SYNCED_MIN_ISR"
    fi
fi

if [[ $restarts == false ]]; then
    echo "No broker restarts by this sync."
    exit 0
fi

problems=()
if [[ $facts == *'"controller":null'* ]]; then
    problems+=("expected a controller that answers, got none")
fi
registered=" $(brokers brokers) "
for ((id = 0; id < ${SYNCED_BROKERS:-0}; id++)); do
    [[ $registered == *" $id "* ]] || problems+=("expected broker $id in Kafka's metadata, got none")
done
silent=$(brokers silent)
[[ -z $silent ]] || problems+=("expected all brokers to answer, got no answer from broker $silent")
for fact in underReplicated offline noRoom; do
    number=$(count "$fact")
    ((number == 0)) && continue
    case $fact in
        underReplicated) problems+=("expected every replica in sync, got $number partitions without ($(names "$fact"))") ;;
        offline) problems+=("expected a leader everywhere, got $number partitions without one ($(names "$fact"))") ;;
        noRoom) problems+=("expected more replicas than their min ISR in all topics, got $number topics that any restart stops ($(names "$fact"))") ;;
    esac
done
if ((${#problems[@]} > 0)); then
    text=$(printf '; %s' "${problems[@]}")
    if [[ $RESTART_WHILE_DEGRADED != true ]]; then
        refuse "kafka: ${text:2}" "npm run health says more; restartWhileDegraded: true restarts brokers all the same"
    fi
    echo "restartWhileDegraded is true: ${text:2}"
fi
echo "Brokers may restart."
