/** A range of IPv4 addresses, as numbers; the end is not part of it. */
interface Range {
    readonly start: number;
    readonly end: number;
}

/** Reads a CIDR block; an address inside the block stands for the block. */
function rangeOf(cidr: string): Range {
    const [address, length] = cidr.split("/") as [string, string];
    const size = 2 ** (32 - Number(length));
    const value = address.split(".").reduce((sum, octet) => sum * 256 + Number(octet), 0);
    const start = Math.floor(value / size) * size;
    return { start, end: start + size };
}

function formatCidr(start: number, length: number): string {
    const octets = [24, 16, 8, 0].map((shift) => Math.floor(start / 2 ** shift) % 256);
    return `${octets.join(".")}/${length}`;
}

/** Length of the prefix of a CIDR block. */
export function prefixLength(cidr: string): number {
    return Number(cidr.split("/")[1]);
}

/** Whether CIDR blocks together have half of all addresses or more: nobody owns that many, so it is the internet. */
export function areInternet(cidrs: readonly string[]): boolean {
    const ranges = cidrs.map(rangeOf).sort((a, b) => a.start - b.start);
    let [covered, reached] = [0, 0];
    for (const { start, end } of ranges) {
        covered += Math.max(0, end - Math.max(start, reached));
        reached = Math.max(reached, end);
    }
    return covered >= 2 ** 31;
}

/** A CIDR block by its first address, as AWS wants it. */
export function canonical(cidr: string): string {
    return formatCidr(rangeOf(cidr).start, prefixLength(cidr));
}

/** Whether two CIDR blocks have addresses in common. */
export function overlaps(a: string, b: string): boolean {
    const [left, right] = [rangeOf(a), rangeOf(b)];
    return left.start < right.end && right.start < left.end;
}

/** Whether a CIDR block lies inside another one. */
export function contains(outer: string, inner: string): boolean {
    const [o, i] = [rangeOf(outer), rangeOf(inner)];
    return o.start <= i.start && i.end <= o.end;
}

/** The CIDR blocks of one zone. */
export interface ZoneSubnets {
    /** Nodes, pods and internal load balancers: an eighth of the VPC. */
    readonly private: string;
    /** NAT gateways and public load balancers: a 128th of the VPC. */
    readonly public: string;
}

/**
 * Divides a VPC: the first six eighths for the private subnets, the last eighth for the public ones. The blocks of a zone
 * follow from its position alone, so that another zone at the end moves none.
 *
 * @param vpcCidr Block of the VPC.
 * @param zones Number of zones, 6 at most.
 */
export function subnetsOf(vpcCidr: string, zones: number): ZoneSubnets[] {
    const { start, end } = rangeOf(vpcCidr);
    const length = prefixLength(vpcCidr);
    const eighth = (end - start) / 8;
    return Array.from({ length: zones }, (_, zone) => ({
        private: formatCidr(start + zone * eighth, length + 3),
        public: formatCidr(start + 7 * eighth + (zone * eighth) / 16, length + 7),
    }));
}

/** Regions whose accounts don't all have the zones a, b and c. */
const ZONE_LETTERS: Readonly<Record<string, readonly string[]>> = {
    "ap-northeast-1": ["a", "c", "d"],
    "ca-central-1": ["a", "b", "d"],
    "us-west-1": [],
};

/** The three zones that a region is used with unless others are named; none where there are only two. */
export function defaultZones(region: string): string[] {
    return (ZONE_LETTERS[region] ?? ["a", "b", "c"]).map((letter) => region + letter);
}
