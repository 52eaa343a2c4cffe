#!/usr/bin/env bash
# Puts the trusted authorities and the key where the broker reads them: /run/kafka/tls. With `trust` or `key` as its argument,
# only these. Prints a line for each file that changed. An authority that is no longer mounted stays trusted as long as the
# pod lives: peers and clients may still have certificates of it.
set -euo pipefail

part=${1:-all}
# A directory that the kubelet never changes. It makes another one of all files and then has ..data lead there.
mounted=${2:-$(readlink -f /etc/kafka-eks-tls/..data)}
installed=/run/kafka/tls

mkdir -p "$installed"

# Prints each certificate of some files once; of files that are missing, none.
authorities() {
    local file line certificate='' seen=$'\n'
    for file in "$@"; do
        [[ -r $file ]] || continue
        while IFS= read -r line || [[ -n $line ]]; do
            [[ $line != *"BEGIN CERTIFICATE"* ]] || certificate=
            certificate+=$line
            if [[ $line == *"END CERTIFICATE"* ]]; then
                if [[ $seen != *$'\n'"$certificate"$'\n'* ]]; then
                    seen+=$certificate$'\n'
                    certificate=${certificate/-----BEGIN CERTIFICATE-----/}
                    printf -- '-----BEGIN CERTIFICATE-----\n%s\n-----END CERTIFICATE-----\n' \
                        "${certificate/-----END CERTIFICATE-----/}"
                fi
            fi
        done <"$file"
    done
}

# Puts standard input into a file, at once and only if it is something else, and notes in the file unread-trust or unread-key
# that the broker has yet to read it: first, as this may be stopped at any point. Two may do it at a time, the loop beside
# the broker and a broker that starts.
install_file() {
    local file=$installed/$2 content new
    content=$(cat)
    if [[ ! -e $file || $(<"$file") != "$content" ]]; then
        touch "$installed/unread-$1"
        new=$(mktemp "$file.XXXXXX")
        printf '%s\n' "$content" >"$new"
        mv "$new" "$file"
        echo "$2"
    fi
}

if [[ $part != key ]]; then
    # Those that are installed come first, so that nothing changes when one moves from one Secret to another.
    authorities "$installed/cluster-ca.pem" "$mounted/ca.crt" "$mounted/cluster-ca.crt" | install_file trust cluster-ca.pem
    authorities "$installed/clients-ca.pem" "$mounted/clients-ca.crt" | install_file trust clients-ca.pem
fi
if [[ $part != trust ]]; then
    install_file key keystore.pem <"$mounted/tls-combined.pem"
fi
