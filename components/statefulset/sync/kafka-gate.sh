#!/usr/bin/env bash
# Stops a sync of rendered files that could lose messages, or stop writes. It may not ask the Kubernetes API: it knows
# what Kafka says, and what the last sync that came to its end wrote down (SYNCED_...; absent before the first one).
set -euo pipefail

pass() {
    echo "$1"
    exit 0
}

refuse() {
    printf '%s. No broker was changed. Next: %s\n' "$1" "$2" >&2
    exit 1
}

readonly HEALTH="npm run health says more"
readonly OVERRULE="$HEALTH; restartWhileDegraded: true restarts servers all the same"

first=true
fewer=false
rises=false
# Of brokers, and of any server.
restarts=false
degrades=false
if [[ -n ${SYNCED_BROKERS:-} ]]; then
    first=false
    ((BROKERS >= SYNCED_BROKERS)) || fewer=true
    ((MIN_ISR <= SYNCED_MIN_ISR)) || rises=true
fi
[[ $PODS == "${SYNCED_PODS:-}" ]] || restarts=true
[[ $restarts == false && $MEMBER_PODS == "${SYNCED_MEMBER_PODS:-}" ]] || degrades=true

options=(--from "$BROKERS")
if [[ $rises == true ]]; then
    options+=(--min-isr "$MIN_ISR")
fi

# Sets facts to what Kafka says, or to why it does not.
ask() {
    local code=0
    facts=$(admin_class KafkaFacts "$BOOTSTRAP" <(printf %s "${ADMIN_PROPERTIES:-}") "${options[@]}" 2>&1) || code=$?
    # Warnings of the image may stand before it.
    facts=${facts##*$'\n'}
    return "$code"
}

# Whether a name has an address. Nothing is sent to it.
has_address() {
    timeout 20 bash -c 'exec 3<>"/dev/udp/$0/53"' "$1" 2>/dev/null
}

# How many there are of a fact.
count() {
    local pattern="\"$1\":\\{\"count\":([0-9]+)"
    if [[ ! $facts =~ $pattern ]]; then
        echo "expected a count of $1, got: ${facts:0:200}" >&2
        return 1
    fi
    echo "${BASH_REMATCH[1]}"
}

# How many there are of a fact and what, and a few of them by name.
many() {
    local pattern="\"$1\":\\{\"count\":([0-9]+),\"examples\":\\[([^]]*)\\]" examples
    [[ $facts =~ $pattern ]]
    examples=${BASH_REMATCH[2]//[\{\}\"]/}
    examples=${examples//topic:/}
    examples=${examples//,replicas:/ of }
    echo "${BASH_REMATCH[1]} $2 (${examples//,/, })"
}

# A list of brokers.
brokers() {
    local pattern="\"$1\":\\[([0-9,]*)\\]"
    if [[ ! $facts =~ $pattern ]]; then
        echo "expected a list of $1, got: ${facts:0:200}" >&2
        return 1
    fi
    echo "${BASH_REMATCH[1]//,/ }"
}

# Sets degraded to what keeps brokers from being restarted; empty where Kafka is whole.
look() {
    local id number registered silent
    degraded=
    if [[ $facts == *'"controller":null'* ]]; then
        degraded+="; expected a controller that answers, got none"
    fi
    registered=" $(brokers brokers) "
    for ((id = 0; id < ${SYNCED_BROKERS:-0}; id++)); do
        [[ $registered == *" $id "* ]] || degraded+="; expected all brokers in Kafka's metadata, got all but broker $id"
    done
    silent=$(brokers silent)
    [[ -z $silent ]] || degraded+="; expected all brokers to answer, got no answer from broker $silent"
    number=$(count underReplicated)
    ((number == 0)) || degraded+="; expected every replica in sync, got $(many underReplicated "partitions with missing ones")"
    number=$(count offline)
    ((number == 0)) || degraded+="; expected a leader everywhere, got $(many offline "partitions without one")"
    number=$(count noRoom)
    [[ $restarts == false ]] || ((number == 0)) || degraded+="; expected more replicas than their min ISR in all topics, got $(many noRoom "topics that any restart stops")"
    degraded=${degraded#; }
}

# A broker that has just restarted catches up.
deadline=$((SECONDS + WAIT_SECONDS))
while true; do
    if ! ask; then
        if [[ $first == true ]]; then
            pass "Kafka does not answer, and no sync has come to its end here: a first deployment."
        fi
        # Kafka's own words where no broker has a pod, and then none of them restarts; or where nobody knows any name.
        if [[ $facts == *"No resolvable bootstrap"* ]]; then
            if has_address "$KNOWN_NAME"; then
                degrades=false
            else
                facts="Expected the cluster's DNS to know $KNOWN_NAME, got no address"
            fi
        fi
        if [[ $fewer == false && $rises == false && ($degrades == false || $RESTART_WHILE_DEGRADED == true) ]]; then
            pass "Kafka does not answer, and this sync goes on all the same."
        fi
        if ((SECONDS >= deadline)); then
            if [[ $fewer == true ]]; then
                refuse "kafka.replicas: expected $SYNCED_BROKERS or more as long as Kafka does not answer, got $BROKERS. ${facts%.}" "$HEALTH"
            fi
            if [[ $rises == true ]]; then
                refuse "kafka.config[\"min.insync.replicas\"]: expected $SYNCED_MIN_ISR or less as long as Kafka does not answer, got $MIN_ISR. ${facts%.}" "$HEALTH"
            fi
            refuse "kafka: ${facts%.}" "$OVERRULE"
        fi
        sleep 5
        continue
    fi

    number=$(count replicasFrom)
    ((number == 0)) || refuse \
        "kafka.replicas: expected no replicas on brokers that are to go, got $(many replicasFrom partitions) on broker $BROKERS or higher" \
        "move them to the brokers that stay, as docs/operations.md says"
    if [[ $rises == true ]]; then
        number=$(count fewerThan)
        ((number == 0)) || refuse \
            "kafka.config[\"min.insync.replicas\"]: expected topics of more than $MIN_ISR replicas, got $(many fewerThan "topics of no more")" \
            "raise their replicas first, as docs/operations.md says, or set it back to $SYNCED_MIN_ISR"
    fi
    [[ $degrades == true ]] || pass "No server restarts in this sync."
    look
    [[ -n $degraded ]] || pass "Servers may restart."
    if [[ $RESTART_WHILE_DEGRADED == true ]]; then
        pass "Servers may restart, as restartWhileDegraded is true: $degraded"
    fi
    ((SECONDS < deadline)) || refuse "kafka: $degraded" "$OVERRULE"
    sleep 5
done
