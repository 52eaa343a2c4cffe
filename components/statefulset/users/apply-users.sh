#!/usr/bin/env bash
# Makes passwords, rights and quotas of Kafka's users, with Kafka's own tools, exactly what USERS says. What belongs to a user
# that it does not name is taken away: SCRAM credentials, ACLs of any principal "User:…", quotas of a user. Left alone are
# ACLs of other kinds of principals, and quotas of clients and defaults.
#
# USERS has a line "user NAME TYPE" for each user, and after it its lines "quota KEY=VALUE", as Kafka prints them, and
# "acl allow|deny literal|prefixed RESOURCE OPERATION HOST NAME". PASSWORDS is a directory with the password of each user of
# type scram-sha-512, in a file of its name. With AUTHORIZATION=false the brokers know no rights.
set -euo pipefail

# JVMs that live for a second need a small heap and no optimising compiler.
export KAFKA_HEAP_OPTS="-Xmx128m"
export KAFKA_JVM_PERFORMANCE_OPTS="-XX:+UseSerialGC -XX:TieredStopAtLevel=1 -Xshare:auto"
export LOG_DIR=/tmp
# Sorted texts are the same everywhere.
export LC_ALL=C

MECHANISM=SCRAM-SHA-512
ITERATIONS=8192
# Between the fields of an ACL, and between the values of a field.
FIELD=$'\037'
VALUE=$'\036'

# Some images print warnings about their own logging; they matter when a tool fails.
admin() {
    local name=$1 tool
    tool=$(command -v "$name" || echo "/opt/kafka/bin/$name.sh")
    shift
    "$tool" --bootstrap-server "$BOOTSTRAP" --command-config <(printf %s "${ADMIN_PROPERTIES:-}") "$@"
}

# Says what is done, and what the tool says of a failure: some of them print that as their output.
run() {
    local what=$1 output
    shift
    echo "$what"
    output=$(admin "$@") || {
        printf '%s\n' "$output" >&2
        return 1
    }
}

changes=0
change() {
    run "$@"
    changes=$((changes + 1))
}

# Texts as input. Bash would write a here-string to a file.
lines() { printf '%s\n' "$@"; }

# Sets acl to a text with the fields permission, pattern, host, operation, resource and principal.
acl() {
    local IFS=$FIELD
    acl="$*"
}

declare -A mechanisms_now quotas_now acls_now
declare -a names
declare -A scram quotas acls

# What there is: lines such as "Quota configs for user-principal 'alice' are producer_byte_rate=1024.0, b=2.0" and
# "SCRAM credential configs for user-principal 'alice' are SCRAM-SHA-256=iterations=4096, SCRAM-SHA-512=iterations=8192".
described=$(admin kafka-configs --describe --entity-type users)
while IFS= read -r line; do
    if [[ $line =~ ^Quota\ configs\ for\ user-principal\ \'(.*)\'\ are\ (.*)$ ]]; then
        quotas_now[${BASH_REMATCH[1]}]=${BASH_REMATCH[2]//, /$'\n'}
    elif [[ $line =~ ^SCRAM\ credential\ configs\ for\ user-principal\ \'(.*)\'\ are\ (.*)$ ]]; then
        user=${BASH_REMATCH[1]}
        for mechanism in ${BASH_REMATCH[2]//, / }; do
            mechanisms_now[$user]+="${mechanism%%=*} "
        done
    fi
done < <(lines "$described")

# Sets camel to a word as the tools' options have it: DescribeConfigs for DESCRIBE_CONFIGS.
camel_case() {
    local part
    camel=
    for part in ${1//_/ }; do
        part=${part,,}
        camel+=${part^}
    done
}

# Sets resource to the option that names a resource. There is one cluster only, and its option takes no name.
resource_option() {
    case $1 in
    cluster) resource=--cluster ;;
    user) resource=--user-principal=$2 ;;
    *) resource=--$1=$2 ;;
    esac
}

# Lines such as "Current ACLs for resource `ResourcePattern(resourceType=TOPIC, name=t, patternType=LITERAL)`:" and after it
# "(principal=User:alice, host=*, operation=READ, permissionType=ALLOW)".
if [[ $AUTHORIZATION == true ]]; then
    described=$(admin kafka-acls --list)
    while IFS= read -r line; do
        if [[ $line =~ ResourcePattern\(resourceType=([A-Z_]+),\ name=(.*),\ patternType=([A-Z]+)\)\` ]]; then
            pattern=${BASH_REMATCH[3],,}
            kind=${BASH_REMATCH[1],,}
            resource_option "${kind//_/-}" "${BASH_REMATCH[2]}"
        elif [[ $line =~ \(principal=(User:.*),\ host=([^,]*),\ operation=([A-Z_]+),\ permissionType=([A-Z]+)\) ]]; then
            principal=${BASH_REMATCH[1]} host=${BASH_REMATCH[2]} permission=${BASH_REMATCH[4],,}
            camel_case "${BASH_REMATCH[3]}"
            acl "$permission" "$pattern" "$host" "--operation=$camel" "$resource" "$principal"
            acls_now[$acl]=1
        fi
    done < <(lines "$described")
fi

# What there is to be.
while read -r kind rest; do
    case $kind in
    user)
        read -r user type < <(lines "$rest")
        names+=("$user")
        # What the brokers call it; a certificate's subject is nothing but its common name.
        principal=$user
        if [[ $type == tls ]]; then
            principal=CN=$user
        else
            scram[$user]=1
        fi
        ;;
    quota) quotas[$principal]+="${quotas[$principal]:+$'\n'}$rest" ;;
    acl)
        read -r permission pattern kind operation host name < <(lines "$rest")
        resource_option "$kind" "$name"
        acl "$permission" "$pattern" "$host" "--operation=$operation" "$resource" "User:$principal"
        acls[$acl]=1
        ;;
    esac
done < <(lines "$USERS")

# Sets calls to as few texts as stand for the same ACLs: those that differ in one field only have all values of it in one text.
join_acls() {
    local field call key
    local -a fields keys
    local -A values
    mapfile -t calls < <(lines "$@" | sort -u)
    for field in 3 4 5; do
        keys=() values=()
        for call in "${calls[@]}"; do
            IFS=$FIELD read -r -a fields < <(lines "$call")
            call=${fields[field]} fields[field]=
            acl "${fields[@]}"
            [[ -n ${values[$acl]:-} ]] || keys+=("$acl")
            values[$acl]+="${values[$acl]:+$VALUE}$call"
        done
        calls=()
        for key in "${keys[@]}"; do
            IFS=$FIELD read -r -a fields < <(lines "$key")
            fields[field]=${values[$key]}
            acl "${fields[@]}"
            calls+=("$acl")
        done
    done
}

# change_acls add|remove [ACL...]
change_acls() {
    local verb=$1 call permission pattern host operation resource principal text
    local -a operations resources principals options
    shift
    (($# > 0)) || return 0
    join_acls "$@"
    for call in "${calls[@]}"; do
        IFS=$FIELD read -r permission pattern host operation resource principal < <(lines "$call")
        IFS=$VALUE read -r -a operations < <(lines "$operation")
        IFS=$VALUE read -r -a resources < <(lines "$resource")
        IFS=$VALUE read -r -a principals < <(lines "$principal")
        options=("--resource-pattern-type=$pattern" "--$permission-host=$host" "${resources[@]}" "${operations[@]}")
        options+=("${principals[@]/#/--$permission-principal=}")
        [[ $verb == add ]] || options+=(--force)
        text="$verb $permission ${operations[*]#--operation=} on ${resources[*]#--} ($pattern) from $host"
        change "${principals[*]}: $text" kafka-acls "--$verb" "${options[@]}"
    done
}

# Adds what the first list of ACLs has and the second has not, or removes it.
differing_acls() {
    local -n there=$1 elsewhere=$2
    local record
    allowing=() denying=()
    for record in "${!there[@]}"; do
        [[ -z ${elsewhere[$record]:-} ]] || continue
        if [[ $record == allow* ]]; then
            allowing+=("$record")
        else
            denying+=("$record")
        fi
    done
}

# Sets what is missing or has another value, and drops what is not in the list.
alter_quotas() {
    local principal=$1 wanted=${quotas[$1]:-} now=${quotas_now[$1]:-} line set= dropped=
    local -a options=()
    while IFS= read -r line; do
        [[ -z $line || $'\n'$now$'\n' == *$'\n'"$line"$'\n'* ]] || set+="${set:+,}$line"
    done < <(lines "$wanted")
    while IFS= read -r line; do
        [[ -z $line || $'\n'$wanted == *$'\n'"${line%%=*}="* ]] || dropped+="${dropped:+,}${line%%=*}"
    done < <(lines "$now")
    [[ -n $set$dropped ]] || return 0
    [[ -z $set ]] || options+=(--add-config "$set")
    [[ -z $dropped ]] || options+=(--delete-config "$dropped")
    change "User:$principal: quotas${set:+ $set}${dropped:+ without $dropped}" \
        kafka-configs --alter --entity-type users --entity-name "$principal" "${options[@]}"
}

# Passwords of others first: whatever fails later on, those are gone.
for user in "${!mechanisms_now[@]}"; do
    dropped=()
    for mechanism in ${mechanisms_now[$user]}; do
        [[ $mechanism == "$MECHANISM" && -n ${scram[$user]:-} ]] || dropped+=("$mechanism")
    done
    if ((${#dropped[@]} > 0)); then
        change "User:$user: drop ${dropped[*]}" kafka-configs --alter --entity-type users \
            --entity-name "$user" --delete-config "$(IFS=, && echo "${dropped[*]}")"
    fi
done

# Nobody may do more in between than before or after, and nobody less than both before and after.
differing_acls acls acls_now
change_acls add "${denying[@]}"
change_acls add "${allowing[@]}"
differing_acls acls_now acls
change_acls remove "${allowing[@]}"
change_acls remove "${denying[@]}"

while IFS= read -r principal; do
    [[ -z $principal ]] || alter_quotas "$principal"
done < <(lines "${!quotas[@]}" "${!quotas_now[@]}" | sort -u)

# Kafka does not tell passwords, so all of them are set. Connections that are open stay.
for user in "${names[@]}"; do
    if [[ -n ${scram[$user]:-} ]]; then
        password=$(<"$PASSWORDS/$user")
        run "User:$user: set the password" kafka-configs --alter --entity-type users --entity-name "$user" \
            --add-config-file <(printf '%s=iterations=%s,password=%s\n' "$MECHANISM" "$ITERATIONS" "$password")
    fi
done

if ((changes == 0)); then
    echo "All ${#names[@]} users are as they should be; but for passwords, which were set again, nothing had to change."
else
    echo "All ${#names[@]} users are as they should be."
fi
