import type { Effect } from "../finding";

/** What a listener asks of its clients. */
export interface ListenerAccess {
    readonly port: string;
    readonly tls: boolean;
    /** How clients prove who they are, such as `scram-sha-512`; `undefined` where they are anonymous. */
    readonly authentication: string | undefined;
    /** Whether it has addresses outside of the Kubernetes cluster; `undefined` where that stands elsewhere. */
    readonly isExternal: boolean | undefined;
}

/** Listeners by their names. */
export type Listeners = ReadonlyMap<string, ListenerAccess>;

/** What is found of a listener, without its values. */
export type AccessEffect = Pick<Effect, "what" | "severity">;

/**
 * Says whom a changed listener lets in, and whom it cuts off; both may be so at once.
 *
 * @param before The listener; `undefined` where it is new.
 * @param after The listener; `undefined` where it is gone.
 * @param all All listeners before the change.
 */
export function judgeAccess(
    before: ListenerAccess | undefined,
    after: ListenerAccess | undefined,
    all: Listeners,
): readonly AccessEffect[] {
    if (after === undefined) {
        return [cutOff("clients that use this listener lose Kafka")];
    }
    if (before === undefined) {
        return judgeNew(after, [...all.values()]);
    }
    const opened = [
        ...(before.authentication !== undefined && after.authentication === undefined
            ? ["clients don't have to say any more who they are"]
            : []),
        ...(before.tls && !after.tls ? ["what clients send can be read on its way"] : []),
        ...(before.isExternal === false && after.isExternal === true ? [OUTSIDE] : []),
    ];
    const changed = Object.entries({
        port: before.port !== after.port,
        type: before.isExternal !== after.isExternal,
        tls: before.tls !== after.tls,
        authentication: isAnotherIdentity(before, after),
    }).flatMap(([field, isChanged]) => (isChanged ? [field] : []));
    return [
        ...(opened.length > 0 ? [opens(opened.join("; "))] : []),
        ...(changed.length > 0
            ? [
                  cutOff(
                      `clients have to change, too, because of its ${changed.join(", ")}; those that don't lose Kafka`,
                  ),
              ]
            : []),
    ];
}

/**
 * Pairs the listeners before and after a change by their names. One that only has another name is the same one, as far as
 * clients know it by its port: that is so where it has no addresses outside of the Kubernetes cluster.
 */
export function pairListeners(
    before: Listeners,
    after: Listeners,
): readonly { readonly from: string | undefined; readonly to: string | undefined }[] {
    const added = [...after].filter(([name]) => !before.has(name));
    const pairs = [...before].map(([name, { port, isExternal }]) => {
        if (after.has(name)) {
            return { from: name, to: name };
        }
        const [renamed] =
            added.find(([, other]) => other.port === port && !isExternal && !other.isExternal) ??
            [];
        return { from: name, to: renamed };
    });
    const known = pairs.map(({ to }) => to);
    return [
        ...pairs,
        ...added
            .filter(([name]) => !known.includes(name))
            .map(([name]) => ({ from: undefined, to: name })),
    ];
}

/** What is sent in clear, and whom nobody knows, may have been so on another listener. */
function judgeNew(
    { authentication, isExternal }: ListenerAccess,
    others: readonly ListenerAccess[],
): readonly AccessEffect[] {
    const isFirstOutside = isExternal === true && !others.some((other) => other.isExternal);
    const areAnonymous = others.some(
        (other) =>
            other.authentication === undefined &&
            (isExternal !== true || other.isExternal === true),
    );
    const opened = [
        ...(authentication === undefined && !areAnonymous
            ? ["its clients don't have to say who they are"]
            : []),
        ...(isFirstOutside ? [OUTSIDE] : []),
    ];
    return opened.length > 0 ? [opens(opened.join("; "))] : [];
}

const OUTSIDE = "Kafka is reached from outside of the Kubernetes cluster";

/** TLS asks for a certificate or not, and clients that have one may go on. */
function isAnotherIdentity(before: ListenerAccess, after: ListenerAccess): boolean {
    return (
        before.authentication !== after.authentication &&
        !(before.authentication === "tls" && after.authentication === undefined)
    );
}

function opens(what: string): AccessEffect {
    return { what, severity: "cluster-opens" };
}

function cutOff(what: string): AccessEffect {
    return { what, severity: "clients-cut-off" };
}
