import { isObject } from "../../../config/everyFault";
import type { Effect } from "../finding";
import { textAt, valueAt } from "../fields";
import { covers, type Network } from "../networks";
import { coverPods } from "../selectors";
import type { Consequence } from "./table";

/** Stands for a list of peers that is not there: everybody may. */
export const ANYBODY = "anybody";

/** Stands for a list of ports that is not there: each of them. */
export const ANY_PORT = "any port";

/** What somebody may connect to, or who may connect. */
export interface Allowed {
    /** Such as `TCP 9092`; empty where it is not said here. */
    readonly port: string;
    /** {@link ANYBODY}, or the peer as JSON. */
    readonly peer: string;
}

/** Peers as texts. Kubernetes takes an empty list for one that is not there. */
export function peersOf(peers: unknown): string[] {
    return Array.isArray(peers) && peers.length > 0
        ? peers.map((peer) => JSON.stringify(peer))
        : [ANYBODY];
}

/** What is said of connections that are not allowed. */
export const REFUSED =
    "what no policy names is refused, where the cluster enforces network policies";

/** What is said of connections that are allowed from now on. */
export const LET_IN: Consequence = {
    what: "somebody is let in who was refused",
    severity: "cluster-opens",
};

/** What a list of peers means where it is another one. */
export interface PeersArgs {
    /** Where somebody who was allowed is not any more. */
    readonly fewer: Consequence;
    /**
     * Where somebody is who was not.
     *
     * @default - Nobody is the worse for it.
     */
    readonly more?: Consequence;
}

/**
 * Judges what is allowed to some pods. Whether anybody makes use of it is not known, so what is allowed no longer counts as
 * used.
 */
export function judgeAllowed(
    subject: string,
    before: readonly Allowed[],
    after: readonly Allowed[],
    { fewer, more }: PeersArgs,
): readonly Effect[] {
    const gone = before.filter((each) => !includes(after, each));
    const added = after.filter((each) => !includes(before, each));
    if (gone.length + added.length === 0) {
        return [];
    }
    // The same peers on another port are no more than before.
    const others = added.filter(
        (each) =>
            !allows(before, each) &&
            (isMany(each.port) || !gone.some(({ peer }) => peer === each.peer)),
    );
    const outcomes = [
        ...(others.length > 0 && more !== undefined ? [more] : []),
        ...(gone.every((each) => allows(after, each)) ? [] : [fewer]),
    ];
    const values = { subject, from: textOf(gone), to: textOf(added) };
    return outcomes.length > 0
        ? outcomes.map((outcome) => ({ ...values, ...outcome }))
        : [{ ...values, what: "nothing is refused that was allowed", severity: "dynamic" }];
}

/** Judges who may use a listener. */
export function judgePeersOf(subject: string, before: unknown, after: unknown): readonly Effect[] {
    const [old, now] = [before, after].map((peers) =>
        peersOf(peers).map((peer) => ({ port: "", peer })),
    );
    return judgeAllowed(subject, old!, now!, {
        fewer: { what: REFUSED, severity: "clients-cut-off" },
        more: LET_IN,
    });
}

function includes(list: readonly Allowed[], { port, peer }: Allowed): boolean {
    return list.some((each) => each.port === port && each.peer === peer);
}

/** Whether a text of ports stands for several. */
function isMany(port: string): boolean {
    return port === ANY_PORT || RANGE.test(port);
}

/** Such as `TCP 9092`, or `TCP 9092-9094`. */
const RANGE = /^(\w+) (\d+)-(\d+)$/;

function coversPort(port: string, one: string): boolean {
    const [, protocol, first, last] = RANGE.exec(port) ?? [];
    const [, ofOne, from, to = from] = /^(\w+) (\d+)(?:-(\d+))?$/.exec(one) ?? [];
    return (
        port === one ||
        port === ANY_PORT ||
        (protocol === ofOne && Number(first) <= Number(from) && Number(to) <= Number(last))
    );
}

/** Whether a list allows something, by itself or with more. */
function allows(list: readonly Allowed[], one: Allowed): boolean {
    const peers = list.filter(({ port }) => coversPort(port, one.port)).map(({ peer }) => peer);
    if (peers.includes(one.peer) || peers.includes(ANYBODY)) {
        return true;
    }
    if (one.peer === ANYBODY) {
        return false;
    }
    const network = networkOf(one.peer);
    const networks = peers.map(networkOf).filter((each) => each !== undefined);
    return network === undefined
        ? coverPods(peers.map(parsePeer), parsePeer(one.peer))
        : covers(networks, [network]) === true;
}

/** The addresses of a peer; `undefined` where it is known by its labels. */
function networkOf(peer: string): Network | undefined {
    const block = valueAt(parsePeer(peer), "ipBlock");
    const cidr = textAt(block, "cidr");
    const except = isObject(block) ? block["except"] : undefined;
    return cidr === undefined
        ? undefined
        : { cidr, ...(Array.isArray(except) && { except: except.map(String) }) };
}

function parsePeer(peer: string): unknown {
    return peer === ANYBODY ? undefined : JSON.parse(peer);
}

function textOf(list: readonly Allowed[]): string {
    return list.map(({ port, peer }) => `${port} ${peer}`.trim()).join(", ") || "-";
}
