import { get as distance } from "fast-levenshtein";

/** Of so many letters one may be wrong. */
const LETTERS_PER_MISTAKE = 4;
/** However long a name is. */
const MOST_MISTAKES = 3;

/**
 * The name that somebody probably meant: the same letters otherwise written, a longer or shorter path to the same end, or
 * one with few other letters. The first of several that are as near; `undefined` if none is. Of a name that is longer by
 * words it has to be the only one.
 */
export function nearest(given: string, names: readonly string[]): string | undefined {
    return (
        names.find((name) => areAlike(name, given)) ??
        sameEnd(given, names) ??
        fewestMistakes(given, names) ??
        samePart(given, names)
    );
}

/** Tells whether somebody mistyped a name, or wrote it otherwise. */
export function isMistyped(given: string, name: string): boolean {
    return areAlike(name, given) || fewestMistakes(given, [name]) !== undefined;
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

/** Letters that tell what a word goes on with. */
const ENOUGH_LETTERS = 4;

/** The only name that begins with the words of the given one, or ends with them. What is long enough may end in a word. */
function samePart(given: string, names: readonly string[]): string | undefined {
    const words = wordsOf(given);
    const isLong = lettersOf(given).length >= ENOUGH_LETTERS;
    const beginning = isLong ? words.trimEnd() : words;
    const longer = names
        .map((name) => ({ name, whole: wordsOf(name) }))
        .filter(({ whole }) => whole.startsWith(beginning) || whole.endsWith(words));
    return words.trim() !== "" && longer.length === 1 ? longer[0]!.name : undefined;
}

/** The words of a name, each between blanks. */
function wordsOf(name: string): string {
    const words = name.replace(/([a-z0-9])([A-Z])/g, "$1 $2").replace(/[^A-Za-z0-9]+/g, " ");
    return ` ${words.trim().toLowerCase()} `;
}

function fewestMistakes(given: string, names: readonly string[]): string | undefined {
    const plain = lettersOf(given);
    const ranked = names
        .map((name) => ({ name, mistakes: mistakesIn(plain, lettersOf(name)) }))
        .sort((a, b) => a.mistakes - b.mistakes);
    const [first] = ranked;
    return first !== undefined &&
        first.mistakes <= Math.min(MOST_MISTAKES, Math.ceil(plain.length / LETTERS_PER_MISTAKE))
        ? first.name
        : undefined;
}

/** Two letters in each other's place are one mistake. */
function mistakesIn(given: string, name: string): number {
    const at = [...given].findIndex((letter, index) => letter !== name[index]);
    const swapped =
        given.slice(0, at) +
        given
            .slice(at, at + 2)
            .split("")
            .reverse()
            .join("");
    return at >= 0 && swapped + given.slice(at + 2) === name ? 1 : distance(given, name);
}

/** Letters and digits, which people remember better than what is between them. */
function lettersOf(name: string): string {
    return name.toLowerCase().replace(/[^a-z0-9]/g, "");
}

function endsWith(path: string, end: string): boolean {
    return path.toLowerCase().endsWith(`.${end.toLowerCase()}`);
}
