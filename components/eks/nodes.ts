import { Placement } from "../kubernetes/pods";
import { INSTANCE_TYPES, InstanceType } from "./instanceTypes";

/** Label and taint of the nodes of Kafka and its quorum. */
export const BROKER_NODES: Placement = { key: "dedicated", value: "kafka" };

/** Size of a node's own disk in GiB: the system, images and logs. */
export const ROOT_VOLUME = 50;

/** Image of the nodes: Amazon Linux 2023 for the architecture of the instances. */
export function amiType(type: InstanceType): string {
    return INSTANCE_TYPES[type].architecture === "arm64"
        ? "AL2023_ARM_64_STANDARD"
        : "AL2023_x86_64_STANDARD";
}
