import { get as distance } from "fast-levenshtein";

/** Of so many letters one may be wrong. */
const LETTERS_PER_MISTAKE = 4;
/** However long a name is. */
const MOST_MISTAKES = 3;

/**
 * The name that somebody probably meant: the same letters otherwise written, a longer or shorter path to the same end, or
 * one with few other letters. The first of several that are as near; `undefined` if none is.
 */
export function nearest(given: string, names: readonly string[]): string | undefined {
    return (
        names.find((name) => areAlike(name, given)) ??
        sameEnd(given, names) ??
        fewestMistakes(given, names)
    );
}

/** Tells whether two names differ in nothing but capitals and what stands between letters. */
export function areAlike(a: string, b: string): boolean {
    return lettersOf(a) === lettersOf(b);
}

function sameEnd(given: string, names: readonly string[]): string | undefined {
    return names
        .filter((name) => endsWith(name, given) || endsWith(given, name))
        .sort((a, b) => Math.abs(a.length - given.length) - Math.abs(b.length - given.length))[0];
}

function fewestMistakes(given: string, names: readonly string[]): string | undefined {
    const plain = lettersOf(given);
    const ranked = names
        .map((name) => ({ name, mistakes: distance(plain, lettersOf(name)) }))
        .sort((a, b) => a.mistakes - b.mistakes);
    const [first] = ranked;
    return first !== undefined &&
        first.mistakes <= Math.min(MOST_MISTAKES, Math.ceil(plain.length / LETTERS_PER_MISTAKE))
        ? first.name
        : undefined;
}

/** Letters and digits, which people remember better than what is between them. */
function lettersOf(name: string): string {
    return name.toLowerCase().replace(/[^a-z0-9]/g, "");
}

function endsWith(path: string, end: string): boolean {
    return path.toLowerCase().endsWith(`.${end.toLowerCase()}`);
}
