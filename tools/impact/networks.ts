import { isIPv4, isIPv6 } from "node:net";

/** Addresses from the first to the last one; those of IPv6 come after all of IPv4. */
interface Span {
    readonly first: bigint;
    readonly last: bigint;
}

/** A CIDR block, and the blocks inside that are left out of it. */
export interface Network {
    readonly cidr: string;
    readonly except?: readonly string[];
}

/** All addresses of both families. */
export const EVERYWHERE: readonly Network[] = [{ cidr: "0.0.0.0/0" }, { cidr: "::/0" }];

/**
 * Tells whether some networks together have every address of others.
 *
 * @returns `undefined` where one of them is no CIDR block, so that nobody knows.
 */
export function covers(all: readonly Network[], some: readonly Network[]): boolean | undefined {
    const [outer, inner] = [spansOf(all), spansOf(some)];
    return outer && inner && inner.every((span) => minus([span], outer).length === 0);
}

function spansOf(networks: readonly Network[]): readonly Span[] | undefined {
    const spans = networks.map(({ cidr, except = [] }) => {
        const [span, ...gaps] = [cidr, ...except].map(spanOf);
        const known = gaps.filter((gap) => gap !== undefined);
        return span && known.length === gaps.length ? minus([span], known) : undefined;
    });
    const known = spans.filter((each) => each !== undefined);
    return known.length === spans.length ? known.flat() : undefined;
}

/** What is left of some spans without others. */
function minus(spans: readonly Span[], others: readonly Span[]): readonly Span[] {
    return others.reduce<readonly Span[]>(
        (left, other) =>
            left.flatMap(({ first, last }) =>
                [
                    { first, last: other.first - 1n < last ? other.first - 1n : last },
                    { first: other.last + 1n > first ? other.last + 1n : first, last },
                ].filter((part) => part.first <= part.last),
            ),
        spans,
    );
}

function spanOf(cidr: string): Span | undefined {
    const [address = "", length = ""] = cidr.split("/");
    const bits = isIPv4(address) ? 32 : isIPv6(address) ? 128 : undefined;
    if (bits === undefined || !/^\d{1,3}$/.test(length) || Number(length) > bits) {
        return undefined;
    }
    const size = 1n << BigInt(bits - Number(length));
    const value = bits === 32 ? valueOf(address.split("."), 256n, 10) : valueOf6(address);
    const first = (value / size) * size + (bits === 32 ? 0n : IPV6);
    return { first, last: first + size - 1n };
}

/** Where the addresses of IPv6 begin. */
const IPV6 = 1n << 32n;

function valueOf(parts: readonly string[], base: bigint, radix: number): bigint {
    return parts.reduce((sum, part) => sum * base + BigInt(Number.parseInt(part, radix)), 0n);
}

/** The canonical form has no address of IPv4 at its end; only the zeros are left out. */
function valueOf6(address: string): bigint {
    const canonical = new URL(`http://[${address}]`).hostname.slice(1, -1);
    const [head = [], tail = []] = canonical
        .split("::")
        .map((half) => half.split(":").filter((part) => part !== ""));
    const zeros = Array<string>(8 - head.length - tail.length).fill("0");
    return valueOf([...head, ...zeros, ...tail], 65_536n, 16);
}
