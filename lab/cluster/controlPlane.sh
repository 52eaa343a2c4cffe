#!/bin/bash
# PID 1 of the control plane: runs in network, mount, PID and IPC namespaces of its own, so that
# nothing listens on the machine and one kill ends it all. Started by controlPlane.ts.
set -euo pipefail
: "${ADDRESS:?}" "${SERVICE_RANGE:?}" "${POD_RANGE:?}" "${PKI:?}" "${DATA:?}" "${LOGS:?}" "${NAME:?}"
: "${ETCD:?}" "${KUBERNETES:?}" "${COREDNS:?}" "${LOCAL_PATH:?}" "${HELPER_IMAGE:?}"
: "${CERT_MANAGER:?}" "${CERT_MANAGER_PORT:?}"
# shellcheck source-path=SCRIPTDIR source=daemons.sh
source "$(dirname "$0")/daemons.sh"

# No fsync: data that need not survive the machine.
start etcd "$ETCD" \
    --data-dir="$DATA/etcd" \
    --unsafe-no-fsync \
    --listen-client-urls=http://127.0.0.1:2379 \
    --advertise-client-urls=http://127.0.0.1:2379 \
    --listen-peer-urls=http://127.0.0.1:2380

# Debian's etcd is too old for SizeBasedListCostEstimate, which logs an error every second, and for WatchList: clients
# that ask for it get errors and see changes minutes late.
# PodTopologyLabelsAdmission puts the zone of its node on each pod. Aggregator routing reaches
# webhooks by the addresses of their pods, as no kube-proxy runs here.
start apiserver "$KUBERNETES/kube-apiserver" \
    --etcd-servers=http://127.0.0.1:2379 \
    --bind-address="$ADDRESS" \
    --advertise-address="$ADDRESS" \
    --secure-port=6443 \
    --service-cluster-ip-range="$SERVICE_RANGE" \
    --tls-cert-file="$PKI/apiserver.crt" \
    --tls-private-key-file="$PKI/apiserver.key" \
    --client-ca-file="$PKI/ca.crt" \
    --service-account-key-file="$PKI/service-accounts.pub" \
    --service-account-signing-key-file="$PKI/service-accounts.key" \
    --service-account-issuer=https://kubernetes.default.svc.cluster.local \
    --authorization-mode=Node,RBAC \
    --enable-admission-plugins=NodeRestriction \
    --allow-privileged=true \
    --kubelet-certificate-authority="$PKI/ca.crt" \
    --kubelet-client-certificate="$PKI/apiserver-kubelet-client.crt" \
    --kubelet-client-key="$PKI/apiserver-kubelet-client.key" \
    --kubelet-preferred-address-types=InternalIP \
    --enable-aggregator-routing=true \
    --feature-gates=PodTopologyLabelsAdmission=true,SizeBasedListCostEstimate=false,WatchList=false

# The others give up after a few seconds without an API server.
until "$KUBERNETES/kubectl" --kubeconfig="$PKI/admin.kubeconfig" get --raw=/readyz >/dev/null 2>&1; do
    sleep 0.2
done

# Pod ranges are fixed by the number of a node, whatever the order in which nodes register.
start controller-manager "$KUBERNETES/kube-controller-manager" \
    --kubeconfig="$PKI/controller-manager.kubeconfig" \
    --service-account-private-key-file="$PKI/service-accounts.key" \
    --root-ca-file="$PKI/ca.crt" \
    --use-service-account-credentials \
    --cluster-cidr="$POD_RANGE" \
    --allocate-node-cidrs=false \
    --leader-elect=false \
    --bind-address=127.0.0.1

start scheduler "$KUBERNETES/kube-scheduler" \
    --kubeconfig="$PKI/scheduler.kubeconfig" \
    --leader-elect=false \
    --bind-address=127.0.0.1

start coredns "$COREDNS/coredns" -conf "$DATA/Corefile"

# The second one stands in for the driver of EBS, whose name the volumes of EKS programs ask for.
for driver in rancher.io/local-path ebs.csi.aws.com; do
    # Ten workers: with fewer, the volumes of a cluster come in waves.
    start "local-path-provisioner-${driver%%.*}" "$LOCAL_PATH/local-path-provisioner" start \
        --provisioner-name="$driver" \
        --worker-threads=10 \
        --kubeconfig="$PKI/admin.kubeconfig" \
        --config="$DATA/local-path.json" \
        --helper-pod-file="$DATA/helper-pod.json" \
        --helper-image="$HELPER_IMAGE" \
        --namespace=local-path-storage
done

# Waits by itself for its CRDs, which are applied from outside. The certificate has 127.0.0.1 in it.
start cert-manager "$CERT_MANAGER/cert-manager" \
    --kubeconfig="$PKI/admin.kubeconfig" \
    --webhook-port="$CERT_MANAGER_PORT" \
    --webhook-cert="$PKI/apiserver.crt" \
    --webhook-key="$PKI/apiserver.key"

reap_forever
