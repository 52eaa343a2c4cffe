#!/usr/bin/env bash
# Begins the start scripts: what no waiting can heal ends the container at once, with the reason.
set -euo pipefail

# Sets server to the path of a program: on PATH in Confluent's images, in this directory in Apache's.
find_server() {
    local program=$1 key=$2
    server=$(command -v "$program" || echo "/opt/kafka/bin/$program.sh")
    if [[ ! -x $server ]]; then
        echo "$key: expected an image with $program on PATH or in /opt/kafka/bin, got one without it." \
            "Next: name another image, such as Confluent's or Apache's, and run pulumi up." >&2
        exit 1
    fi
}

# The names that the servers know each other by end with the cluster's domain, and Kubernetes tells each pod which that is.
check_cluster_domain() {
    local services=${SERVICE_DOMAIN%%.*}.svc. word
    for word in $(</etc/resolv.conf); do
        if [[ $word == "$services"* ]]; then
            if [[ $word != "$SERVICE_DOMAIN" ]]; then
                echo "clusterDomain: expected \"${word#"$services"}\", which this pod's /etc/resolv.conf has," \
                    "got \"${SERVICE_DOMAIN#"$services"}\"." \
                    "Next: set kafka-eks:clusterDomain to ${word#"$services"} and run pulumi up." >&2
                exit 1
            fi
            return
        fi
    done
}
