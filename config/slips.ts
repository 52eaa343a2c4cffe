import { canonical } from "../components/eks/cidr";

/** Another value that somebody may have meant, and how to write it. */
type Slip = (given: unknown) => readonly (readonly [meant: unknown, next: string])[];

/** Ways in which a value is written otherwise than it is meant, the likeliest first. Passwords are not repeated. */
const SLIPS: readonly Slip[] = [
    withoutQuotes,
    inQuotes,
    otherUnit,
    withoutUnit,
    exponent,
    inOneText,
    asList,
    asObject,
    block,
    asName,
];

/**
 * What to do about a value that is right when it is written otherwise; `undefined` where it is not.
 *
 * @param isRight Tells of another value whether it would be right in its place.
 */
export function nextOfSlip(
    given: unknown,
    isRight: (meant: unknown) => boolean,
): string | undefined {
    return SLIPS.flatMap((slip) => slip(given)).find(([meant]) => isRight(meant))?.[1];
}

/** YAML reads neither `yes` nor what stands in quotes as true. */
const BOOLEANS: Readonly<Record<string, boolean>> = {
    true: true,
    yes: true,
    on: true,
    false: false,
    no: false,
    off: false,
};

function withoutQuotes(given: unknown): ReturnType<Slip> {
    if (typeof given !== "string") {
        return [];
    }
    const text = given.trim();
    const boolean = BOOLEANS[text.toLowerCase()];
    return [
        ...(text === given ? [] : [[text, "remove the blanks at its ends"] as const]),
        ...(/^-?\d+(\.\d+)?$/.test(text)
            ? [[Number(text), "write it without quotes"] as const]
            : []),
        ...(boolean === undefined
            ? []
            : [
                  [
                      boolean,
                      text === String(boolean) ? "write it without quotes" : `write ${boolean}`,
                  ] as const,
                  // Of the keys whose values are single ones.
                  [String(boolean), `write ${boolean}`] as const,
              ]),
    ];
}

/** YAML reads 4.10 as the number 4.1. */
function inQuotes(given: unknown): ReturnType<Slip> {
    if (typeof given !== "number" && typeof given !== "boolean") {
        return [];
    }
    const text = String(given);
    return [text, ...(text.includes(".") ? [`${text}0`] : [])].map((meant) => [
        meant,
        "write it in quotes",
    ]);
}

/** Units as people write them: `gi`, `GB`, cores in `M`. The JVM does not know `Gi`. */
function otherUnit(given: unknown): ReturnType<Slip> {
    const [, amount, letter] = /^(\d+(?:\.\d+)?)\s*([kmgtp])(?:i?b|i)?$/i.exec(String(given)) ?? [];
    if (typeof given !== "string" || amount === undefined) {
        return [];
    }
    const unit = letter!.toUpperCase();
    const isBinary = /i/i.test(given);
    // Kubernetes' own letter for thousands is small.
    const decimal = unit === "K" ? "k" : unit;
    return [isBinary ? `${unit}i` : decimal, decimal, "m"]
        .map((each) => `${amount}${each}`)
        .map((meant) => [meant, `did you mean "${meant}"?`]);
}

function withoutUnit(given: unknown): ReturnType<Slip> {
    const text = String(given);
    return ["number", "string"].includes(typeof given) && /^\d+(\.\d+)?$/.test(text)
        ? // As many GiB of memory nobody has.
          [...(Number(text) < 1024 ? [] : [`${text}Mi`]), `${text}Gi`, `${text}m`].map((meant) => [
              meant,
              `add its unit, such as "${meant}"`,
          ])
        : [];
}

/** The letters of Kubernetes for powers of a thousand. */
const THOUSANDS = ["", "k", "M", "G", "T", "P"];

/** Kubernetes reads exponents, and most of what reads its sizes does not. */
function exponent(given: unknown): ReturnType<Slip> {
    if (typeof given !== "string" || !/^\d+(\.\d+)?e\+?\d+$/i.test(given)) {
        return [];
    }
    const amount = Number(given);
    return THOUSANDS.map((letter, power) => [amount / 1000 ** power, letter] as const)
        .filter(([rest]) => Number.isSafeInteger(rest) && rest > 0)
        .reverse()
        .map(([rest, letter]) => [`${rest}${letter}`, `did you mean "${rest}${letter}"?`]);
}

function inOneText(given: unknown): ReturnType<Slip> {
    return Array.isArray(given) && given.every((each) => typeof each !== "object")
        ? [[given.join(","), "write one text, with commas between its parts"]]
        : [];
}

function asList(given: unknown): ReturnType<Slip> {
    if (Array.isArray(given)) {
        return [];
    }
    const next = "write a list, also of one";
    return [
        [[given], next],
        ...blocksOf(given).map((meant) => [[meant], `write a list with "${meant}"`] as const),
        ...(typeof given === "string" && given.includes(",")
            ? [[given.split(",").map((each) => each.trim()), next] as const]
            : []),
    ];
}

/** A block by one of its addresses, or an address alone. */
function block(given: unknown): ReturnType<Slip> {
    return blocksOf(given).map((meant) => [meant, `did you mean "${meant}"?`]);
}

function blocksOf(given: unknown): readonly string[] {
    return typeof given === "string" && /^\d+(\.\d+){3}(\/\d+)?$/.test(given)
        ? [canonical(given), `${given}/32`]
        : [];
}

function asObject(given: unknown): ReturnType<Slip> {
    return typeof given === "string"
        ? ["name", "type", "source"].map((key) => [
              { [key]: given },
              `write an object that has it as ${key}`,
          ])
        : [];
}

/** Names of DNS are in lower case, and have neither a dot at their end nor a scheme or a port here. */
function asName(given: unknown): ReturnType<Slip> {
    if (typeof given !== "string") {
        return [];
    }
    const name = given
        .toLowerCase()
        .replace(/^[a-z]+:\/\//, "")
        .replace(/(\.|:\d+)$/, "");
    return [[name, `did you mean "${name}"?`]];
}
