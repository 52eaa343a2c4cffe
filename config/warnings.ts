import { INSTANCE_TYPES } from "../components/eks/instanceTypes";
import { isEverywhere } from "../components/eks/cidr";
import type { StackConfig } from "./stackConfig";

/** MB in a MiB. */
const MB_PER_MIB = 1.048576;

/** What is allowed and probably not meant. */
export function warningsOf({ eks }: StackConfig): string[] {
    if (eks === undefined) {
        return [];
    }
    const { instanceType } = eks.brokerNodes;
    const { ebsBaseline } = INSTANCE_TYPES[instanceType];
    const { iops, throughput } = eks.volumes;
    const warnings: string[] = [];
    // Every gp3 volume has that much; there is nothing to save below it.
    if (throughput > 125 && throughput * MB_PER_MIB > ebsBaseline.throughput) {
        warnings.push(
            `eks.volumes.throughput is ${throughput} MiB/s, but ${instanceType} keeps up ` +
                `${ebsBaseline.throughput} MB/s only: the rest is paid for and used in bursts at most`,
        );
    }
    if (iops > 3000 && iops > ebsBaseline.iops) {
        warnings.push(
            `eks.volumes.iops is ${iops}, but ${instanceType} keeps up ${ebsBaseline.iops} only: ` +
                "the rest is paid for and used in bursts at most",
        );
    }
    if (eks.publicAccessCidrs.some(isEverywhere)) {
        warnings.push(
            "eks.publicAccessCidrs lets the whole internet reach the cluster's API server",
        );
    }
    return warnings;
}
