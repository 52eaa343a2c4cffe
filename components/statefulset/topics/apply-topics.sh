#!/usr/bin/env bash
# Creates and alters topics with Kafka's own tools, so that each is as TOPICS says. All of it is checked before anything
# is changed. Topics that TOPICS does not name are left alone.
#
# TOPICS has a line "topic NAME PARTITIONS REPLICATION_FACTOR" for each topic, with "-" for what the brokers decide, and
# after it a line "config KEY=VALUE" for each of its properties.
set -euo pipefail

# JVMs that live for a second need a small heap and no optimising compiler.
export KAFKA_HEAP_OPTS="-Xmx128m"
export KAFKA_JVM_PERFORMANCE_OPTS="-XX:+UseSerialGC -XX:TieredStopAtLevel=1 -Xshare:auto"
export LOG_DIR=/tmp

# Some images print warnings about their own logging; they matter when a tool fails.
admin() {
    local name=$1 tool
    tool=$(command -v "$name" || echo "/opt/kafka/bin/$name.sh")
    shift
    "$tool" --bootstrap-server "$BOOTSTRAP" --command-config <(printf %s "${ADMIN_PROPERTIES:-}") "$@"
}

# A text as input. Bash would write a here-string to a file, and the root file system is read-only.
lines() { printf '%s\n' "$1"; }

MIN_ISR=min.insync.replicas

declare -A partitions_now factor_now config_now
declare -a names
declare -A partitions factor config

# What there is: lines such as "Topic: t<tab>TopicId: i<tab>PartitionCount: 6<tab>ReplicationFactor: 3<tab>Configs: a=b".
described=$(admin kafka-topics --describe)
while IFS= read -r line; do
    if [[ $line =~ ^Topic:\ ([^[:space:]]+).*PartitionCount:\ ([0-9]+).*ReplicationFactor:\ ([0-9]+) ]]; then
        partitions_now[${BASH_REMATCH[1]}]=${BASH_REMATCH[2]}
        factor_now[${BASH_REMATCH[1]}]=${BASH_REMATCH[3]}
    fi
done < <(lines "$described")

# The topics' own properties: "Dynamic configs for topic t are:" and lines "  a=b sensitive=false synonyms={...}".
described=$(admin kafka-configs --describe --entity-type topics)
topic=
while IFS= read -r line; do
    if [[ $line =~ ^Dynamic\ configs\ for\ topic\ ([^[:space:]]+)\ are: ]]; then
        topic=${BASH_REMATCH[1]}
    elif [[ $line =~ ^\ +([^=]+=.*)\ sensitive=(true|false)\ synonyms= ]]; then
        config_now[$topic]+="${BASH_REMATCH[1]}"$'\n'
    fi
done < <(lines "$described")

# What there is to be.
while read -r kind rest; do
    case $kind in
    topic)
        read -r topic count replicas < <(lines "$rest")
        names+=("$topic")
        partitions[$topic]=$count
        factor[$topic]=$replicas
        ;;
    config) config[$topic]+="$rest"$'\n' ;;
    esac
done < <(lines "$TOPICS")

problems=0
for topic in "${names[@]}"; do
    now=${partitions_now[$topic]:-}
    [[ -n $now ]] || continue
    if [[ ${partitions[$topic]} != - ]] && ((partitions[$topic] < now)); then
        echo "topic $topic: expected at least $now partitions, which it has, got ${partitions[$topic]}: a topic can't shrink." >&2
        problems=$((problems + 1))
    fi
    if [[ ${factor[$topic]} != - && ${factor[$topic]} != "${factor_now[$topic]}" ]]; then
        echo "topic $topic: expected replicationFactor ${factor_now[$topic]}, which it has, got ${factor[$topic]}: move its replicas with kafka-reassign-partitions first." >&2
        problems=$((problems + 1))
    fi
    # One that has it already is the health check's to tell of, and stops no other change.
    wanted=$'\n'${config[$topic]:-}
    if [[ $wanted =~ $'\n'"$MIN_ISR="([0-9]+) && $'\n'${config_now[$topic]:-} != *$'\n'"$MIN_ISR=${BASH_REMATCH[1]}"$'\n'* ]]; then
        min_isr=${BASH_REMATCH[1]}
        if ((min_isr > 1 && factor_now[$topic] <= min_isr)); then
            echo "topic $topic: expected more replicas than its $MIN_ISR $min_isr, got ${factor_now[$topic]}: it would take no acknowledged messages" \
                "while a broker restarts, or at all. Give it more replicas with kafka-reassign-partitions first." >&2
            problems=$((problems + 1))
        fi
    fi
done
if ((problems > 0)); then
    echo "Nothing was changed." >&2
    exit 1
fi

# Kafka puts replicas only on brokers that run. While one restarts there may be too few for minutes.
place() {
    local said tries=60
    until said=$(admin kafka-topics "$@" 2>&1); do
        if [[ $said != *InvalidReplicationFactorException* ]] || ((--tries == 0)); then
            lines "$said" >&2
            return 1
        fi
        echo "topic $3: there are too few brokers now, trying again in 5 seconds"
        sleep 5
    done
    lines "$said"
}

# Without its properties: this tool takes no value with an equals sign in it.
create() {
    local topic=$1 options=()
    [[ ${partitions[$topic]} == - ]] || options+=(--partitions "${partitions[$topic]}")
    [[ ${factor[$topic]} == - ]] || options+=(--replication-factor "${factor[$topic]}")
    place --create --topic "$topic" "${options[@]}"
}

alter_config() {
    local topic=$1 wanted=${config[$1]:-} now=${config_now[$1]:-} line key added= dropped=()
    while IFS= read -r line; do
        [[ -z $line || $'\n'$now == *$'\n'"$line"$'\n'* ]] || added+="$line"$'\n'
    done < <(lines "$wanted")
    while IFS= read -r line; do
        key=${line%%=*}
        [[ -z $line || $'\n'$wanted == *$'\n'"$key="* ]] || dropped+=("$key")
    done < <(lines "$now")
    local entity=(--alter --entity-type topics --entity-name "$topic")
    if [[ -n $added ]]; then
        echo "topic $topic: set ${added//$'\n'/ }"
        # A file and not an option, in which commas would separate properties; a backslash in it escapes.
        admin kafka-configs "${entity[@]}" --add-config-file <(printf %s "${added//\\/\\\\}")
    fi
    if ((${#dropped[@]} > 0)); then
        echo "topic $topic: back to the brokers' ${dropped[*]}"
        admin kafka-configs "${entity[@]}" --delete-config "$(IFS=,; echo "${dropped[*]}")"
    fi
}

for topic in "${names[@]}"; do
    now=${partitions_now[$topic]:-}
    if [[ -z $now ]]; then
        create "$topic"
    elif [[ ${partitions[$topic]} != - ]] && ((partitions[$topic] > now)); then
        echo "topic $topic: from $now to ${partitions[$topic]} partitions"
        place --alter --topic "$topic" --partitions "${partitions[$topic]}"
    fi
    alter_config "$topic"
done
echo "All ${#names[@]} topics are as they should be."
