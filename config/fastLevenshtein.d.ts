// The package has no types.
declare module "fast-levenshtein" {
    /** How many letters have to be added, removed or replaced to get from one text to the other. */
    export function get(from: string, to: string): number;
}
