#!/usr/bin/env bash
# Readiness and liveness probe of a broker: passes while its process answers. An open port proves nothing, because the
# kernel keeps that of a stopped process open. What is asked has nothing to do with replication and metadata.
# Fails, too, when the broker's certificate has expired and there is a new one: in that state it can't be told of it.
# broker-alive.sh [HOST:PORT]: with ZooKeeper's address it passes a silent broker while nobody serves there. All threads of
# a broker may then wait for ZooKeeper, and a restarted one would not even start.
set -euo pipefail

zookeeper=${1:-}

zookeeper_serves() {
    local answer
    answer=$(timeout 3 bash -c "exec 3<>/dev/tcp/${zookeeper/://} && printf srvr >&3 && cat <&3" 2>/dev/null || true)
    [[ $answer == *Mode:\ * ]]
}

if [[ -e /run/kafka/tls/expired ]]; then
    echo "the certificate that the broker shows has expired, and there is a new one" >&2
    exit 1
fi

# What the broker understands, since it would log a warning about anything else.
if [[ -d /etc/kafka-eks-tls ]]; then
    # The ClientHello of TLS 1.2, with a fixed text in place of random bytes: the handshake ends here.
    question='\x16\x03\x01\x00\x6e\x01\x00\x00\x6a\x03\x03kafka-eks asks whether you live.\x00'
    # ECDHE with ECDSA or RSA, and AES-GCM; no compression.
    question+='\x00\x08\xc0\x2b\xc0\x2f\xc0\x2c\xc0\x30\x01\x00\x00\x39'
    # The groups x25519, P-256, P-384 and P-521, and uncompressed points.
    question+='\x00\x0a\x00\x0a\x00\x08\x00\x1d\x00\x17\x00\x18\x00\x19\x00\x0b\x00\x02\x01\x00'
    # Signatures: ECDSA, EdDSA, RSA-PSS, RSA.
    question+='\x00\x0d\x00\x18\x00\x16\x04\x03\x05\x03\x06\x03\x08\x07\x08\x08'
    question+='\x08\x04\x08\x05\x08\x06\x04\x01\x05\x01\x06\x01'
    # The extended master secret, and no renegotiation.
    question+='\x00\x17\x00\x00\xff\x01\x00\x01\x00'
else
    # ApiVersions in version 0, the request number 0 of a client without a name.
    question='\x00\x00\x00\x0a\x00\x12\x00\x00\x00\x00\x00\x00\xff\xff'
fi

# A connection that the broker closes is an answer, too, also if it does so before it was asked.
ask='exec 3<>/dev/tcp/127.0.0.1/9091 || exit; trap "" PIPE; { printf "$1" >&3 && head -c 1 <&3; } &>/dev/null || true'
status=0
timeout 5 bash -c "$ask" broker "$question" || status=$?
if ((status == 124)); then
    echo "the broker has not answered within 5 s" >&2
    if [[ -n $zookeeper ]] && ! zookeeper_serves; then
        echo "and ZooKeeper does not serve, for which it may wait" >&2
        status=0
    fi
fi
exit "$status"
