import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { CONTROL_PLANE_ADDRESS, NODES, RANGES } from "./addresses";
import { artifacts } from "../build";
import { pathOf } from "../build/cache";
import { KAFKA } from "../build/kafkaReleases";
import { WEBHOOK_PORT } from "./certManager";
import { startInNamespaces } from "./namespaces";
import { CONTROL_PLANE_NETWORK } from "./network";
import { CONTROL_PLANE, LOGS, PKI, volumesDirectory } from "../paths";
import { kill } from "./processes";

/** The name under which the control plane is recorded. */
export const CONTROL_PLANE_PROCESS = "control-plane";

/** The daemons of the control plane. */
export const CONTROL_PLANE_DAEMONS = [
    "etcd",
    "kube-apiserver",
    "kube-controller-manager",
    "kube-scheduler",
    "coredns",
    "local-path-provisioner",
    "cert-manager",
];

/** Starts etcd, the API server and what belongs to them, new or with the data that they had. */
export async function startControlPlane(): Promise<void> {
    const { kubernetes, nodePackages, coredns, localPathProvisioner, certManager } =
        await artifacts();
    mkdirSync(CONTROL_PLANE, { recursive: true });
    writeFileSync(join(CONTROL_PLANE, "Corefile"), corefile());
    writeFileSync(join(CONTROL_PLANE, "local-path.json"), JSON.stringify(localPathConfig()));
    writeFileSync(join(CONTROL_PLANE, "helper-pod.json"), JSON.stringify(HELPER_POD));
    const script = join(__dirname, "controlPlane.sh");
    startInNamespaces(CONTROL_PLANE_PROCESS, CONTROL_PLANE_NETWORK, [], script, {
        ADDRESS: CONTROL_PLANE_ADDRESS,
        SERVICE_RANGE: RANGES.services,
        POD_RANGE: RANGES.pods,
        DATA: CONTROL_PLANE,
        ETCD: join(pathOf(nodePackages), "usr/bin/etcd"),
        KUBERNETES: pathOf(kubernetes),
        COREDNS: pathOf(coredns),
        LOCAL_PATH: pathOf(localPathProvisioner),
        CERT_MANAGER: pathOf(certManager),
        CERT_MANAGER_PORT: String(WEBHOOK_PORT),
        HELPER_IMAGE: KAFKA.statefulset.image,
        PKI,
        LOGS,
        NAME: CONTROL_PLANE_PROCESS,
    });
}

/** Ends the control plane. */
export async function stopControlPlane(): Promise<void> {
    await kill(CONTROL_PLANE_PROCESS, true);
}

/** The DNS server's configuration: what it does not know does not exist, there is no upstream. */
export function corefile(): string {
    return `.:53 {
    bind ${CONTROL_PLANE_ADDRESS}
    errors
    cache 5
    kubernetes cluster.local in-addr.arpa {
        kubeconfig ${join(PKI, "admin.kubeconfig")}
        pods insecure
        ttl 5
    }
}
`;
}

/** Where each node keeps its volumes. */
export function localPathConfig(): object {
    return {
        nodePathMap: NODES.map((node) => ({
            node: node.name,
            paths: [volumesDirectory(node.number)],
        })),
    };
}

/** The pod that makes or removes the directory of a volume on its node. */
const HELPER_POD = {
    apiVersion: "v1",
    kind: "Pod",
    metadata: { name: "helper-pod" },
    spec: {
        priorityClassName: "system-node-critical",
        tolerations: [{ operator: "Exists" }],
        containers: [
            {
                name: "helper-pod",
                image: KAFKA.statefulset.image,
                imagePullPolicy: "Never",
                securityContext: { runAsUser: 0, runAsNonRoot: false },
            },
        ],
    },
};
