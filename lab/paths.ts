import { homedir } from "node:os";
import { join } from "node:path";

/** Where built artefacts are kept, by component and version. */
export const CACHE = process.env["KAFKA_EKS_CACHE"] ?? join(homedir(), ".cache", "kafka-eks");

/** Everything that a running lab writes; `down` removes it. */
export const STATE = "/var/lib/kafka-eks-lab";

export const LOGS = join(STATE, "logs");
export const PKI = join(STATE, "pki");
/** Records of the processes that were started. */
export const PROCESSES = join(STATE, "processes");
export const CONTROL_PLANE = join(STATE, "control-plane");
export const KUBECONFIG = join(STATE, "kubeconfig");

/** The directory of one node: its containers, kubelet data and volumes. */
export function nodeDirectory(number: number): string {
    return join(STATE, "nodes", String(number));
}

/** The volumes of one node. */
export function volumesDirectory(number: number): string {
    return join(nodeDirectory(number), "volumes");
}
