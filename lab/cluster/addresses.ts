/** One node of the lab. */
export interface NodePlan {
    readonly number: number;
    readonly name: string;
    readonly address: string;
    readonly zone: string;
    /** The addresses of its pods. */
    readonly podCidr: string;
}

const ZONES = ["a", "b", "c"] as const;

/** The nodes, one per zone. The number of a node fixes all its addresses. */
export const NODES: readonly NodePlan[] = ZONES.map((zone, index) => {
    const number = index + 1;
    return {
        number,
        name: `lab-node-${number}`,
        address: `10.254.0.${10 + number}`,
        zone,
        podCidr: `10.244.${number}.0/24`,
    };
});

/** The machine's own address in the lab. */
export const HOST_ADDRESS = "10.254.0.1";
/** Where the API server and the DNS server listen. */
export const CONTROL_PLANE_ADDRESS = "10.254.0.10";
/** The address of the DNS Service, which pods use. */
export const CLUSTER_DNS_ADDRESS = "10.96.0.10";
/** The first address of the Service range, which belongs to the Service `kubernetes`. */
export const API_SERVICE_ADDRESS = "10.96.0.1";

/** The address ranges that the lab occupies on the machine. */
export const RANGES = {
    nodes: "10.254.0.0/24",
    loadBalancers: "10.254.1.0/24",
    services: "10.96.0.0/16",
    pods: "10.244.0.0/16",
} as const;

/**
 * The node with a number.
 *
 * @throws Error that lists the valid numbers.
 */
export function nodeNumbered(number: number): NodePlan {
    const node = NODES.find((candidate) => candidate.number === number);
    if (!node) {
        throw new Error(`there is no node ${number}; nodes are 1 to ${NODES.length}`);
    }
    return node;
}

/** Whether two IPv4 ranges in CIDR notation share an address; a bare address counts as a /32. */
export function overlap(left: string, right: string): boolean {
    const a = parseRange(left);
    const b = parseRange(right);
    return a.first <= b.last && b.first <= a.last;
}

/** The usable addresses of a range, without its network and broadcast address. */
export function* hostsOf(range: string): Generator<string> {
    const { first, last } = parseRange(range);
    for (let value = first + 1; value < last; value++) {
        yield [24, 16, 8, 0].map((shift) => Math.floor(value / 2 ** shift) % 256).join(".");
    }
}

function parseRange(range: string): { first: number; last: number } {
    const [address = "", length = "32"] = range.split("/");
    // Not bit operators: they are signed, and half of all addresses would be negative.
    const value = address.split(".").reduce((sum, octet) => sum * 256 + Number(octet), 0);
    const size = 2 ** (32 - Number(length));
    const first = Math.floor(value / size) * size;
    return { first, last: first + size - 1 };
}
