import { CATALOGUE, type CatalogueEntry } from "../../../tools/impact/catalogue";
import type { Severity } from "../../../tools/impact/severity";
import type { Said } from "./said";
import type { Seen } from "./seen";

/** What a round found out. */
export interface ChangeSample {
    readonly said: Said;
    readonly seen: Seen;
    /**
     * Why `up` failed.
     *
     * @default - It did not.
     */
    readonly refused?: string;
}

/** How a judgement compares with what was seen: `not seen` is what may come, and did not. */
export type Verdict = "wrong" | "right" | "not seen";

/** The classes that are more than a restart, by what is seen of them. */
const CLASSES = {
    stops: "cluster-stops",
    loses: "data-may-be-lost",
    moves: "data-moves",
    cutsOff: "clients-cut-off",
    opens: "cluster-opens",
} as const satisfies Partial<Record<keyof Seen, Severity>>;

const KINDS = Object.keys(CLASSES) as (keyof typeof CLASSES)[];

/** By its very name it says that it may come. */
const MAY: Severity = CLASSES.loses;

/** In which ways what was said of a whole change is not what was seen. */
export function differences({ said, seen, refused }: ChangeSample): string[] {
    const counts = [
        ["brokers", said.brokers, seen.brokers],
        ["ZooKeeper members", said.members, seen.members],
    ] as const;
    return [
        ...(refused === undefined ? [] : [`up failed: ${refused}`]),
        ...said.lines
            .filter(({ severity }) => severity === "not judged")
            .map(({ subject }) => `${subject} is not judged`),
        ...counts
            .filter(([, expected, actual]) => expected !== actual)
            .map(
                ([of, expected, actual]) => `${of} that restart: said ${expected}, seen ${actual}`,
            ),
        ...KINDS.flatMap((kind) => {
            const severity = CLASSES[kind];
            const isSaid = said.lines.some((line) => line.severity === severity);
            if (isSaid === seen[kind].length > 0 || (isSaid && severity === MAY)) {
                return [];
            }
            return [
                isSaid
                    ? `said ${severity}, and nothing of it was seen`
                    : `${severity} was not said, but seen: ${seen[kind].join(", ")}`,
            ];
        }),
    ];
}

/**
 * Compares a judgement with what was seen of a change that it is about. What it has to have said is its class in the
 * catalogue.
 *
 * @param subject What its line in the report begins with.
 */
export function compare(
    judgement: string,
    subject: string,
    sample: ChangeSample,
): { readonly verdict: Verdict; readonly wrong: readonly string[] } {
    const { severity } = entryOf(judgement);
    const isMade = sample.said.lines.some(
        (line) => line.severity === severity && line.subject.startsWith(subject),
    );
    const wrong = [
        ...(isMade ? [] : [`it did not say ${severity} of ${subject}`]),
        ...differences(sample),
    ];
    if (wrong.length > 0) {
        return { verdict: "wrong", wrong };
    }
    const isUnseen = severity === MAY && sample.seen.loses.length === 0;
    return { verdict: isUnseen ? "not seen" : "right", wrong };
}

/**
 * A judgement of the catalogue.
 *
 * @throws Error when there is none of that name.
 */
export function entryOf(judgement: string): CatalogueEntry {
    const entry = CATALOGUE.find(({ name }) => name === judgement);
    if (entry === undefined) {
        throw new Error(`judgement: expected one of the catalogue, got ${judgement}`);
    }
    return entry;
}

/** What was seen, in a few words. */
export function describeSeen(seen: Seen): string {
    const counts = [
        ...(seen.brokers > 0 ? [`brokers restarted: ${seen.brokers}`] : []),
        ...(seen.members > 0 ? [`ZooKeeper members restarted: ${seen.members}`] : []),
    ];
    const effects: [string, readonly string[]][] = [
        ["stops", seen.stops],
        ["less", seen.loses],
        ["moves", seen.moves],
        ["refused", seen.cutsOff],
        ["let in", seen.opens],
    ];
    const all = [
        ...counts,
        ...effects.flatMap(([word, why]) => (why.length > 0 ? [`${word}: ${why.join(", ")}`] : [])),
    ];
    return all.length === 0 ? "nothing" : all.join("; ");
}
