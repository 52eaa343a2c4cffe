#!/usr/bin/env bash
# Puts the key and the trusted authorities where the broker reads them: /run/kafka/tls. Prints a line for each file that
# changed. An authority that is no longer mounted stays trusted as long as the pod lives: peers and clients may still have
# certificates of it.
set -euo pipefail

mounted=/etc/kafka-eks-tls
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

# Puts standard input into a file, at once and only if it is something else.
install_file() {
    local file=$installed/$1 content
    content=$(cat)
    if [[ ! -e $file || $(<"$file") != "$content" ]]; then
        (umask 077 && printf '%s\n' "$content" >"$file.new")
        mv "$file.new" "$file"
        echo "$1"
    fi
}

authorities "$mounted/ca.crt" "$mounted/cluster-ca.crt" "$installed/cluster-ca.pem" | install_file cluster-ca.pem
authorities "$mounted/clients-ca.crt" "$installed/clients-ca.pem" | install_file clients-ca.pem
install_file keystore.pem <"$mounted/tls-combined.pem"
