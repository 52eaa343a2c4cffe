#!/usr/bin/env bash
# Liveness probe of a broker: fails when nobody can talk to it. Its port is closed, or its certificate has expired and there
# is a new one, which a broker in that state can't be told of.
set -euo pipefail

if [[ -e /run/kafka/tls/expired ]]; then
    echo "the certificate that the broker shows has expired, and there is a new one" >&2
    exit 1
fi
exec 3<>/dev/tcp/127.0.0.1/9091
