/** What the program needs to know of an EC2 instance type. */
export interface InstanceSpec {
    readonly architecture: "arm64" | "x86_64";
    readonly vcpus: number;
    /** Memory in GiB. */
    readonly memory: number;
    /** Pods that the instance has addresses for. */
    readonly maxPods: number;
    /** What all EBS volumes together get for as long as they want it; bursts above it end within the day. */
    readonly ebsBaseline: {
        /** MB/s. */
        readonly throughput: number;
        readonly iops: number;
    };
}

const arm64 = (
    vcpus: number,
    memory: number,
    maxPods: number,
    throughput: number,
    iops: number,
): InstanceSpec => ({
    architecture: "arm64",
    vcpus,
    memory,
    maxPods,
    ebsBaseline: { throughput, iops },
});

/**
 * The instance types that nodes may have, Graviton first.
 *
 * @see https://docs.aws.amazon.com/ec2/latest/instancetypes/ (EBS-optimized baselines; read in January 2026)
 */
export const INSTANCE_TYPES = {
    "t4g.medium": arm64(2, 4, 17, 43.4, 2000),
    "t4g.large": arm64(2, 8, 35, 86.9, 4000),
    "m6g.large": arm64(2, 8, 29, 78.75, 3600),
    "m7g.large": arm64(2, 8, 29, 78.75, 3600),
    "m7g.xlarge": arm64(4, 16, 58, 156.25, 6000),
    "m7g.2xlarge": arm64(8, 32, 58, 312.5, 12_000),
    "m8g.large": arm64(2, 8, 29, 78.75, 3600),
    "m8g.xlarge": arm64(4, 16, 58, 156.25, 6000),
    "r7g.large": arm64(2, 16, 29, 78.75, 3600),
    "r7g.xlarge": arm64(4, 32, 58, 156.25, 6000),
    "r7g.2xlarge": arm64(8, 64, 58, 312.5, 12_000),
    "r8g.large": arm64(2, 16, 29, 78.75, 3600),
    "r8g.xlarge": arm64(4, 32, 58, 156.25, 6000),
    "t3.medium": { ...arm64(2, 4, 17, 43.4, 2000), architecture: "x86_64" },
} as const satisfies Readonly<Record<string, InstanceSpec>>;

/** Name of an instance type of the table. */
export type InstanceType = keyof typeof INSTANCE_TYPES;

/** What pods of the program can have of a node. */
export interface Allocatable {
    /** Cores. */
    readonly cpu: number;
    /** Bytes. */
    readonly memory: number;
}

const MIB = 2 ** 20;

/** Requests of the DaemonSets on every node: network, volumes, kube-proxy, Pod Identity. */
const DAEMON_SETS = { cpu: 0.25, memory: 256 * MIB };

/**
 * What is left of a node for pods: without the share that the kernel keeps, what EKS reserves for itself, and the
 * DaemonSets. A careful estimate, since the exact number is known only on the node.
 *
 * @see https://github.com/awslabs/amazon-eks-ami (kube-reserved: 255 MiB and 11 MiB for each pod; 100 MiB to evict at)
 */
export function allocatable(type: InstanceType): Allocatable {
    const { vcpus, memory, maxPods } = INSTANCE_TYPES[type];
    const reservedMemory = (255 + 11 * maxPods + 100) * MIB;
    const reservedCpu = 0.06 + 0.01 * Math.min(vcpus - 1, 1) + 0.005 * Math.max(vcpus - 2, 0);
    return {
        cpu: vcpus - reservedCpu - DAEMON_SETS.cpu,
        memory: memory * 1024 * MIB * 0.94 - reservedMemory - DAEMON_SETS.memory,
    };
}
